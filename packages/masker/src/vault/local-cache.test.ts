import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { LocalCache } from "./local-cache.ts";

const type = "NET_IPV4";
const original = (value: string) => ({ type, value });
const reply = (sentAt: number, epoch = 1, remainingMs: number | null = null, born = 7) => ({
  sentAt,
  epoch,
  remainingMs,
  born,
});

function cacheWith(facts = reply(0), capacity = 1_000): LocalCache {
  const cache = new LocalCache(capacity);
  cache.noteReply(facts);
  cache.add(original("10.0.0.1"), 1, facts);
  return cache;
}

describe("LocalCache", () => {
  it("serves both directions for 30 s after the request was sent, and no longer", () => {
    const cache = cacheWith(reply(1_000));
    expect(cache.numberOf(original("10.0.0.1"), 30_999)).toBe(1);
    expect(cache.valueOf({ type, number: 1 }, 30_999)).toBe("10.0.0.1");
    expect(cache.numberOf(original("10.0.0.1"), 31_000)).toBeUndefined();
    expect(cache.valueOf({ type, number: 1 }, 31_000)).toBeUndefined();
  });

  it("serves only while more than half of a mapping's life remains", () => {
    const cache = cacheWith(reply(0, 1, 10_000));
    expect(cache.numberOf(original("10.0.0.1"), 4_999)).toBe(1);
    expect(cache.numberOf(original("10.0.0.1"), 5_000)).toBeUndefined();
  });

  it("is emptied when the epoch changes, also to a lower one in a later reply", () => {
    for (const epoch of [2, 0]) {
      const cache = cacheWith(reply(0, 1));
      expect(cache.noteReply(reply(10, epoch))).toBe(true);
      expect(cache.numberOf(original("10.0.0.1"), 11)).toBeUndefined();
      cache.add(original("10.0.0.1"), 2, reply(10, epoch));
      expect(cache.numberOf(original("10.0.0.1"), 11)).toBe(2);
    }
  });

  it("is emptied when the birth changes, even with the same epoch", () => {
    const cache = cacheWith(reply(0, 1, null, 7));
    expect(cache.noteReply(reply(10, 1, null, 8))).toBe(true);
    expect([cache.born, cache.valueOf({ type, number: 1 }, 11)]).toEqual([8, undefined]);
    cache.add(original("10.0.0.1"), 1, reply(5, 1, null, 7));
    expect(cache.valueOf({ type, number: 1 }, 11)).toBeUndefined();
  });

  it("keeps nothing from a reply that belongs to no single life", () => {
    const cache = cacheWith(reply(0, 1, null, 0));
    expect(cache.valueOf({ type, number: 1 }, 1)).toBeUndefined();
  });

  it("learns no birth from an erasure, and keeps the one that it knows", () => {
    const cache = cacheWith(reply(0));
    expect(cache.noteReply({ epoch: 2, sentAt: 10 })).toBe(true);
    expect(cache.born).toBe(7);
  });

  it("takes nothing from a reply that is older than what it knows", () => {
    const cache = cacheWith(reply(0, 1));
    cache.noteReply(reply(20, 2));
    expect(cache.noteReply(reply(10, 1))).toBe(false);
    cache.add(original("10.0.0.1"), 1, reply(10, 1));
    expect(cache.numberOf(original("10.0.0.1"), 21)).toBeUndefined();
  });

  it("takes nothing from replies to requests sent before it was cleared, but does from later ones", () => {
    const cache = cacheWith(reply(0));
    cache.clear(20);
    cache.add(original("10.0.0.1"), 1, reply(10));
    expect(cache.numberOf(original("10.0.0.1"), 21)).toBeUndefined();
    cache.add(original("10.0.0.1"), 1, reply(21));
    expect(cache.numberOf(original("10.0.0.1"), 22)).toBe(1);
  });

  it("keeps the latest values within its capacity, and counts a long value as several", () => {
    const cache = new LocalCache(100);
    cache.noteReply(reply(0));
    for (let index = 0; index < 10_000; index++) {
      cache.add(original(`value ${index}`), index, reply(0));
      expect(cache.weight).toBeLessThanOrEqual(101);
      if (index >= 20) expect(cache.numberOf(original(`value ${index - 20}`), 1)).toBe(index - 20);
    }
    for (let index = 0; index < 100; index++) {
      cache.add(original(`${index}${"x".repeat(1_280)}`), index, reply(0));
      expect(cache.weight).toBeLessThanOrEqual(111);
    }
  });

  it("keeps no document in memory for a value that was cut from it", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const cache = new LocalCache(1_000);
    cache.noteReply(reply(0));
    collect();
    const before = getHeapStatistics().used_heap_size;
    for (let number = 1; number <= 100; number++) {
      const document = Buffer.alloc(500_000, `document ${number} `).toString("latin1");
      cache.add(original(document.slice(1_000, 1_040)), number, reply(0));
    }
    collect();
    expect(getHeapStatistics().used_heap_size - before).toBeLessThan(5_000_000);
    expect(cache.valueOf({ type, number: 100 }, 1)).toHaveLength(40);
  });
});
