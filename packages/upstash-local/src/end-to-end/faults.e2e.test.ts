import { askServer, until } from "@keyward/test-kit";
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

const isBusy = (error: Error) => error.message.startsWith("BUSY");

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
    const began = performance.now();
    const asked = paths.flatMap((each) => [each, each, each]).map(([path, body]) => served.ask(path, { body }));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 504));
    expect(performance.now() - began).toBeLessThan(1_000);
    const subscribed = await served.ask("/subscribe/chat", { body: "[]" });
    expect(subscribed.status).toBe(504);
    served.redis.thaw();
    for (const [path, body] of paths) expect(await served.ask(path, { body })).toMatchObject({ status: 200 });
    const { result } = JSON.parse((await served.ask("/get/n")).text);
    expect(Number(result)).toBeGreaterThanOrEqual(6);
    expect(Number(result)).toBeLessThanOrEqual(15);
  });

  it("dies with a command under way, the answer says that it may have run", async () => {
    const patient = await startUpstashServer({ redis: served.redis.url });
    await askServer(served.redis.options, "CONFIG", "SET", "busy-reply-threshold", "10");
    const answer = fetch(`${patient.url}/eval/while%20true%20do%20end/0?_token=${patient.token}`);
    await until("it runs", () => askServer(served.redis.options, "PING").then(() => false, isBusy));
    await served.redis.kill("SIGKILL");
    const response = await answer;
    expect([response.status, await response.text()]).toEqual([502, expect.stringContaining("may have been run")]);
    await patient.close();
  });

  it("doesn't take the password, what it says is passed on, without the password", async () => {
    await askServer(served.redis.options, "CONFIG", "SET", "requirepass", "right-one");
    const server = await startUpstashServer({ redis: served.redis.url.replace("redis://", "redis://:s3cr3t@") });
    for (const path of ["/ping", "/subscribe/chat", "/monitor"]) {
      const response = await fetch(`${server.url}${path}?_token=${server.token}`);
      expect([response.status, await response.text()]).toEqual([
        503,
        expect.stringMatching(/ERR Redis lets nobody in: WRONGPASS (?!.*s3cr3t)/),
      ]);
    }
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
