import { expect, test } from "vitest";
import { documentOf } from "./documents.ts";

test("half of a document is its instance's own, and never comes again", () => {
  const own = new Set<number>();
  for (const instance of [0, 1, 2]) {
    for (let nth = 0; nth < 100; nth += 1) {
      for (const index of documentOf(instance, nth)) if (index >= 1_000_000) own.add(index);
    }
  }
  expect(own.size).toBe(3 * 100 * 5);
});

test("the other half is what other instances see too, and no document holds a value twice", () => {
  const seen = [0, 1].map((instance) => new Set([3, 4, 5].flatMap((nth) => documentOf(instance, nth))));
  expect([...(seen[0] ?? [])].filter((index) => seen[1]?.has(index)).length).toBeGreaterThan(10);
  expect(new Set(documentOf(0, 7)).size).toBe(10);
});
