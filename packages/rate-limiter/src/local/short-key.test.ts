import { ConfigurationError, checkKey } from "@keyward/core";
import { expect, it } from "vitest";
import { RecentMap } from "./recent-map.ts";
import { shortKey } from "./short-key.ts";

const long = "x".repeat(1_000_000);

it("keys of any length are kept as short ones that differ from all others", () => {
  expect(shortKey(long).length).toBeLessThan(64);
  expect(shortKey(long)).not.toBe(shortKey(`${long}x`));
  expect(() => checkKey("key", shortKey(long))).toThrow(ConfigurationError);
  expect(shortKey("203.0.113.7")).toBe("203.0.113.7");
});

it("a map keeps and forgets the value of a long key", () => {
  const map = new RecentMap<number>(4);
  map.set(long, 1);
  for (let index = 0; index < 3; index += 1) map.set(`${index}`, index);
  expect([map.get(long), map.get(`${long}x`)]).toEqual([1, undefined]);
  map.delete(long);
  expect(map.get(long)).toBeUndefined();
});
