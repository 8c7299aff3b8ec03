import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ServedRedis, serveRedis } from "../fixtures/serve-redis.ts";

let served: ServedRedis;
beforeAll(async () => {
  served = await serveRedis();
});
afterAll(() => served.stop());
beforeEach(async () => {
  await served.client().scriptFlush();
});

const body = "return { KEYS[1], ARGV[1], 12, false }";
const digestOf = (script: string) => createHash("sha1").update(script).digest("hex");

describe.each([
  ["plain", body],
  ["that locks its keys only", `#!lua flags=allow-key-locking\n${body}`],
  ["that locks its keys only, among other flags", `#!lua flags=no-writes,allow-key-locking\n${body}`],
])("a script %s", (_, script) => {
  it("runs as text, and by the digest of the caller's text", async () => {
    const client = served.client();
    await expect(client.evalsha(digestOf(script), ["key"], ["value"])).rejects.toThrow("NOSCRIPT");
    expect(await client.eval(script, ["key"], ["value"])).toEqual(["key", "value", 12, null]);
    expect(await client.evalsha(digestOf(script), ["key"], ["value"])).toEqual(["key", "value", 12, null]);
    expect(await client.evalsha(digestOf(script).toUpperCase(), ["key"], ["value"])).toHaveLength(4);
  });

  it("is loaded, found and flushed under that digest", async () => {
    const client = served.client();
    expect(await client.scriptLoad(script)).toBe(digestOf(script));
    expect(await client.scriptExists(digestOf(script), digestOf("other"))).toEqual([1, 0]);
    expect(await client.scriptFlush()).toBe("OK");
    expect(await client.scriptExists(digestOf(script))).toEqual([0]);
    await expect(client.evalsha(digestOf(script), [], [])).rejects.toThrow("NOSCRIPT");
  });

  it("runs through the client's own Script and in a transaction", async () => {
    const client = served.client();
    const made = client.createScript<unknown[]>(script);
    expect(await made.exec(["key"], ["value"])).toEqual(["key", "value", 12, null]);
    expect(await client.multi().evalsha(digestOf(script), ["key"], ["v"]).exec()).toEqual([["key", "v", 12, null]]);
  });
});

describe("an error of a script", () => {
  it("names the line that the caller wrote", async () => {
    const script = "#!lua flags=allow-key-locking\nlocal a = 1\nreturn nothing.there";
    await expect(served.client().eval(script, [], [])).rejects.toThrow(/user_script:3:/);
  });

  it("reaches the caller with the script's own words", async () => {
    const script = "return redis.error_reply('LIMIT reached')";
    await expect(served.client().eval(script, [], [])).rejects.toThrow("LIMIT reached");
  });
});
