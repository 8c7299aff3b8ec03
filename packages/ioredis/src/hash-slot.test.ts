import { describe, expect, it } from "vitest";
import { hashSlot } from "./hash-slot.ts";

describe("hashSlot", () => {
  // Answers of CLUSTER KEYSLOT.
  it.each([
    ["123456789", 12_739],
    ["foo", 12_182],
    ["{user1000}.following", 3_443],
    ["{user1000}.followers", 3_443],
    ["한국어", 3_111],
    ["", 0],
  ])("puts %j where Redis does", (key, slot) => {
    expect(hashSlot(key)).toBe(slot);
  });
});
