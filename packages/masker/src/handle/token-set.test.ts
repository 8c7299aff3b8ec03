import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TokenSet } from "./token-set.ts";

const token = fc.record({
  type: fc.constantFrom("AWS_EC2", "NET_IPV4", "PII_EMAIL"),
  number: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
});

describe("TokenSet", () => {
  it("contains exactly what was put in, alone and in unions", () => {
    fc.assert(
      fc.property(fc.array(token), fc.array(token), fc.array(token), (ones, others, asked) => {
        const set = TokenSet.union([TokenSet.of(ones), TokenSet.of(others)]);
        const named = new Set([...ones, ...others].map(({ type, number }) => `${type} ${number}`));
        for (const { type, number } of [...ones, ...others, ...asked]) {
          expect(set.has(type, number)).toBe(named.has(`${type} ${number}`));
        }
      }),
    );
  });

  it("keeps consecutive numbers as one range, whatever order they came in", () => {
    const set = TokenSet.of([3, 1, 2, 2, 9].map((number) => ({ type: "AWS_EC2", number })));
    expect(set.rangesOf("AWS_EC2")).toEqual([
      { first: 1, last: 3 },
      { first: 9, last: 9 },
    ]);
    expect(set.rangesOf("NET_IPV4")).toEqual([]);
  });

  it("isn't changed by a union", () => {
    const set = TokenSet.of([{ type: "AWS_EC2", number: 1 }]);
    TokenSet.union([set, TokenSet.of([{ type: "AWS_EC2", number: 2 }])]);
    expect(set.has("AWS_EC2", 2)).toBe(false);
  });

  it("looks at each range of many sets a few times, not once for every other set", () => {
    let looks = 0;
    const watched = (first: number) => ({
      get first() {
        looks++;
        return first;
      },
      last: first,
    });
    const sets = Array.from({ length: 2_000 }, (_, index) =>
      TokenSet.ofRanges(new Map([["A_B", [watched(index * 2)]]])),
    );
    looks = 0;
    expect(TokenSet.union(sets).size).toBe(2_000);
    expect(looks).toBeLessThan(2_000 * 30);
  });
});
