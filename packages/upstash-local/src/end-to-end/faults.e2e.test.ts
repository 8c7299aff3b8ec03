import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ServedRedis, serveRedis } from "../fixtures/serve-redis.ts";
import { startUpstashServer } from "../upstash-server.ts";

let served: ServedRedis;
beforeEach(async () => {
  served = await serveRedis({ timeoutMs: 300 });
});
afterEach(() => served.stop());

const paths = [
  ["/", '["INCR","n"]'],
  ["/pipeline", '[["INCR","n"]]'],
  ["/multi-exec", '[["INCR","n"]]'],
] as const;

describe("when Redis", () => {
  it("is away, requests are answered with 503, and served again once it is back", async () => {
    await served.redis.kill();
    for (const [path, body] of paths) {
      expect(await served.ask(path, { body })).toMatchObject({
        status: 503,
        text: `{"error":"ERR Redis can't be reached"}`,
      });
    }
    await served.redis.start();
    for (const [path, body] of paths) expect(await served.ask(path, { body })).toMatchObject({ status: 200 });
    expect((await served.ask("/get/n")).text).toBe('{"result":"3"}');
  });

  it("is frozen, requests are answered with 504, run at most once, and those after it thaws are served", async () => {
    for (const [path, body] of paths) await served.ask(path, { body });
    served.redis.freeze();
    for (const [path, body] of paths) {
      expect(await served.ask(path, { body })).toMatchObject({ status: 504 });
    }
    const subscribed = await served.ask("/subscribe/chat", { body: "[]" });
    expect(subscribed.status).toBe(504);
    served.redis.thaw();
    for (const [path, body] of paths) expect(await served.ask(path, { body })).toMatchObject({ status: 200 });
    const { result } = JSON.parse((await served.ask("/get/n")).text);
    expect(Number(result)).toBeGreaterThanOrEqual(6);
    expect(Number(result)).toBeLessThanOrEqual(9);
  });

  it("dies with a command under way, the answer says that it may have run", async () => {
    await served.ask("/ping");
    served.redis.freeze();
    const answer = served.ask("/", { body: '["INCR","n"]' });
    await served.redis.kill("SIGKILL");
    expect(await answer).toMatchObject({ status: 502, text: expect.stringContaining("may have been run") });
  });

  it("wants a password, what it says of a wrong one is passed on without it", async () => {
    const server = await startUpstashServer({ redis: served.redis.url.replace("redis://", "redis://:s3cr3t@") });
    const headers = { authorization: `Bearer ${server.token}` };
    const text = await (await fetch(`${server.url}/ping`, { headers })).text();
    expect(text).not.toContain("s3cr3t");
    await server.close();
  });
});

describe("close", () => {
  it("lets a request under way be answered, and takes no further one", async () => {
    await served.ask("/ping");
    served.redis.freeze();
    const answer = served.ask("/ping");
    const other = served.ask("/ping", { headers: { connection: "close" } });
    await new Promise((resolve) => setImmediate(resolve));
    served.redis.thaw();
    await Promise.all([answer, other]);
    await served.server.close();
    await served.server.close();
    await expect(served.ask("/ping")).rejects.toThrow();
  });
});
