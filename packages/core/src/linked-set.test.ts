import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Linked, LinkedSet } from "./linked-set.ts";

class Member implements Linked<Member> {
  previous: Member | undefined;
  next: Member | undefined;
}

describe("LinkedSet", () => {
  it("is a Set, whatever joins and leaves in whatever order, and leaves no link on what has left", () => {
    const step = fc.tuple(fc.constantFrom("add" as const, "delete" as const), fc.nat({ max: 5 }));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const members = Array.from({ length: 6 }, () => new Member());
        const linked = new LinkedSet<Member>();
        const model = new Set<Member>();
        for (const [act, index] of steps) {
          const member = members[index]!;
          linked[act](member);
          model[act](member);
          expect(linked.toArray().map((each) => members.indexOf(each))).toEqual(
            [...model].map((each) => members.indexOf(each)),
          );
          expect(members.map((each) => linked.has(each))).toEqual(members.map((each) => model.has(each)));
        }
        for (const member of members.filter((each) => !model.has(each))) {
          expect([member.previous, member.next]).toEqual([undefined, undefined]);
        }
      }),
    );
  });
});
