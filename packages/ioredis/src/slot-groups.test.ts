import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashSlot } from "./hash-slot.ts";
import { slotGroups } from "./slot-groups.ts";

const key = fc
  .tuple(fc.constantFrom("{a}", "{b}", "a", "", "{}", "{"), fc.string({ maxLength: 3 }))
  .map((parts) => parts.join(""));

describe("slotGroups", () => {
  it("keeps keys with one tag together, and remembers where each stood", () => {
    expect(slotGroups(["{a}:1", "b", "{a}:2", "a"])).toEqual([
      { keys: ["{a}:1", "{a}:2", "a"], places: [0, 2, 3] },
      { keys: ["b"], places: [1] },
    ]);
  });

  it("puts every key in one group, in its place, with keys of its slot only", () => {
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        const seen = new Array<string>(keys.length);
        for (const group of slotGroups(keys)) {
          expect(new Set(group.keys.map(hashSlot)).size).toBe(1);
          for (const [index, place] of group.places.entries()) seen[place] = group.keys[index] as string;
        }
        expect(seen).toEqual(keys);
      }),
    );
  });
});
