import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ServedRedis, serveRedis } from "../fixtures/serve-redis.ts";

let served: ServedRedis;
beforeAll(async () => {
  served = await serveRedis();
});
afterAll(() => served.stop());
beforeEach(async () => {
  await served.client().flushall();
});

/** Settings of the client. What it asks for and sends differs; what it returns must not. */
const setups = {
  "as it comes": {},
  "without base64": { responseEncoding: false },
  "without automatic pipelining": { enableAutoPipelining: false },
  "with neither": { responseEncoding: false, enableAutoPipelining: false },
} as const;

describe.each(Object.entries(setups))("@upstash/redis %s", (_, config) => {
  it("writes and reads strings, counters and lifetimes", async () => {
    const client = served.client(config);
    expect(await client.set("text", "grüße 🎉\n\"'\\")).toBe("OK");
    expect(await client.get("text")).toBe("grüße 🎉\n\"'\\");
    expect(await client.set("json", { a: [1, "2", null, { b: true }] })).toBe("OK");
    expect(await client.get("json")).toEqual({ a: [1, "2", null, { b: true }] });
    expect(await client.set("text", "other", { nx: true })).toBeNull();
    expect(await client.set("text", "other", { get: true })).toBe("grüße 🎉\n\"'\\");
    expect(await client.get("absent")).toBeNull();
    expect(await client.mset({ one: 1, two: "zwei" })).toBe("OK");
    expect(await client.mget("one", "absent", "two")).toEqual([1, null, "zwei"]);
    expect(await client.incrby("one", 41)).toBe(42);
    expect(await client.incrbyfloat("one", 0.5)).toBe(42.5);
    expect(await client.expire("one", 100)).toBe(1);
    expect(await client.ttl("one")).toBe(100);
    expect(await client.type("one")).toBe("string");
    expect(await client.getrange("two", 0, 2)).toBe("zwe");
    expect(await client.append("two", "!")).toBe(5);
    expect(await client.exists("one", "two", "absent")).toBe(2);
    expect(await client.del("one", "two")).toBe(2);
    expect(await client.ping()).toBe("PONG");
    expect(await client.echo("OK")).toBe("OK");
    expect(await client.dbsize()).toBe(2);
    expect(await client.time()).toEqual([expect.any(Number), expect.any(Number)]);
  });

  it("returns bytes that the client can carry", async () => {
    const client = served.client({ ...config, automaticDeserialization: false });
    const text = Array.from({ length: 0x250 }, (_, code) => String.fromCharCode(code)).join("");
    await client.set("characters", text);
    expect(await client.get("characters")).toBe(text);
    expect(await client.strlen("characters")).toBe(Buffer.byteLength(text));
  });

  it("writes and reads hashes", async () => {
    const client = served.client(config);
    expect(await client.hset("hash", { name: "Ada", tags: ["x"], n: 1 })).toBe(3);
    expect(await client.hgetall("hash")).toEqual({ name: "Ada", tags: ["x"], n: 1 });
    expect(await client.hget("hash", "name")).toBe("Ada");
    expect(await client.hmget("hash", "name", "absent")).toEqual({ name: "Ada", absent: null });
    expect(await client.hincrby("hash", "n", 2)).toBe(3);
    expect(await client.hkeys("hash")).toEqual(["name", "tags", "n"]);
    expect(await client.hdel("hash", "n")).toBe(1);
    expect(await client.hgetall("absent")).toBeNull();
    expect(await client.hrandfield("hash", 2, true)).toEqual({ name: "Ada", tags: ["x"] });
  });

  it("writes and reads lists and sets", async () => {
    const client = served.client(config);
    expect(await client.rpush<unknown>("list", "a", { b: 1 }, 3)).toBe(3);
    expect(await client.lrange("list", 0, -1)).toEqual(["a", { b: 1 }, 3]);
    expect(await client.lpos("list", "a")).toBe(0);
    expect(await client.lmove("list", "other", "left", "right")).toBe("a");
    expect(await client.lpop("list", 5)).toEqual([{ b: 1 }, 3]);
    expect(await client.lpop("list")).toBeNull();
    expect(await client.sadd("set", "a", "b")).toBe(2);
    expect((await client.smembers("set")).sort()).toEqual(["a", "b"]);
    expect(await client.smismember("set", ["a", "x"])).toEqual([1, 0]);
    expect(await client.sinter("set", "absent")).toEqual([]);
  });

  it("writes and reads sorted sets", async () => {
    const client = served.client(config);
    expect(await client.zadd("scores", { score: 1, member: "a" }, { score: 2.5, member: "b" })).toBe(2);
    expect(await client.zrange("scores", 0, -1, { withScores: true })).toEqual(["a", 1, "b", 2.5]);
    expect(await client.zscore("scores", "b")).toBe(2.5);
    expect(await client.zincrby("scores", 4, "a")).toBe(5);
    expect(await client.zrank("scores", "a")).toBe(1);
    expect(await client.zmscore("scores", ["a", "absent"])).toEqual([5, null]);
    expect(await client.zpopmin("scores")).toEqual(["b", 2.5]);
    expect(await client.zcount("scores", "-inf", "+inf")).toBe(1);
  });

  it("walks through keys, hashes, sets and sorted sets with the scan family", async () => {
    const client = served.client(config);
    await Promise.all(Array.from({ length: 50 }, (_, n) => client.set(`key:${n}`, n)));
    const seen = new Set<string>();
    let cursor = "0";
    do {
      const [next, keys] = await client.scan(cursor, { match: "key:*", count: 7 });
      for (const key of keys) seen.add(key);
      cursor = next;
    } while (cursor !== "0");
    expect(seen.size).toBe(50);
    await client.hset("hash", { f: "v" });
    await client.sadd("set", "m");
    await client.zadd("scores", { score: 1, member: "m" });
    expect(await client.hscan("hash", 0)).toEqual(["0", ["f", "v"]]);
    expect(await client.sscan("set", 0)).toEqual(["0", ["m"]]);
    expect(await client.zscan("scores", 0)).toEqual(["0", ["m", 1]]);
  });

  it("writes and reads streams, even as a group", async () => {
    const client = served.client(config);
    expect(await client.xadd("stream", "1-1", { event: "mask", n: 1 })).toBe("1-1");
    expect(await client.xadd("stream", "2-1", { event: "unmask" })).toBe("2-1");
    expect(await client.xrange("stream", "-", "+")).toEqual({
      "1-1": { event: "mask", n: 1 },
      "2-1": { event: "unmask" },
    });
    expect(await client.xlen("stream")).toBe(2);
    expect(await client.xread("stream", "1-1")).toEqual([["stream", [["2-1", ["event", "unmask"]]]]]);
    expect(await client.xread("stream", "9")).toBeNull();
    await client.xgroup("stream", { type: "CREATE", group: "readers", id: "0" });
    const delivered = await client.xreadgroup("readers", "first", "stream", ">", { count: 1 });
    expect(delivered).toEqual([["stream", [["1-1", ["event", "mask", "n", expect.anything()]]]]]);
    const claimed = await client.xautoclaim("stream", "readers", "second", 0, "0-0");
    expect(claimed).toEqual(["0-0", [["1-1", ["event", "mask", "n", expect.anything()]]], []]);
    expect(await client.xpending("stream", "readers", "-", "+", 10)).toEqual([
      ["1-1", "second", expect.any(Number), 2],
    ]);
    expect(await client.xack("stream", "readers", "1-1")).toBe(1);
  });
});
