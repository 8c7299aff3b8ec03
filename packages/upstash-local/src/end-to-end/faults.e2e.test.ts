import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { text } from "node:stream/consumers";
import { adminClient, askServer, until } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
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

  it("is frozen, requests are answered with 504 and run at most once, and later ones are served after it thaws", async () => {
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

  it("dies during a command, the answer says that the command may have run", async () => {
    const { server, answer } = await runForever();
    await served.redis.kill("SIGKILL");
    const response = await answer;
    expect([response.status, await response.text()]).toEqual([502, expect.stringContaining("may have been run")]);
    await server.close();
  });

  it("refuses the password, its words are passed on, without the password", async () => {
    await askServer(served.redis.options, "CONFIG", "SET", "requirepass", "right-one");
    const server = await startUpstashServer({ redis: served.redis.url.replace("redis://", "redis://:s3cr3t@") });
    for (const path of ["/ping", "/subscribe/chat", "/monitor"]) {
      const response = await fetch(`${server.url}${path}?_token=${server.token}`);
      expect([response.status, await response.text()]).toEqual([
        503,
        expect.stringMatching(/ERR Redis refuses the connection: WRONGPASS (?!.*s3cr3t)/),
      ]);
    }
    await server.close();
  });
});

describe("a request that comes too slowly", () => {
  it("is given up, in its head or in its body", async () => {
    const { hostname, port } = new URL(served.server.url);
    const head = `POST / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${served.server.token}\r\nContent-Length: 9\r\n`;
    for (const part of [head, `${head}\r\n["P`]) {
      const socket = connect(Number(port), hostname, () => socket.write(part));
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
    }
  });
});

describe("a connection that owes an answer beyond the deadline", () => {
  it("is closed, so that nothing piles up behind it", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as AddressInfo;
    const server = await startUpstashServer({ redis: `redis://127.0.0.1:${port}`, timeoutMs: 200 });
    const connected = once(silent, "connection");
    const response = await fetch(`${server.url}/ping?_token=${server.token}`);
    const [socket] = await connected;
    expect(response.status).toBe(504);
    await once(socket.resume(), "end");
    socket.end();
    await server.close();
  });
});

describe("a connection that breaks between MULTI and the rest", () => {
  it("keeps the rest from running without it", async () => {
    const received: string[] = [];
    const breaking = createServer((socket) => {
      socket.on("error", () => {});
      socket.on("data", (chunk) => {
        received.push(`${chunk}`);
        const [begins, reply] = [`${chunk}`.includes("MULTI"), "+OK\r\n".repeat(`${chunk}`.split("*").length - 1)];
        socket.write(reply, () => begins && socket.destroy());
      });
    }).listen(0, "127.0.0.1");
    await once(breaking, "listening");
    const { port } = breaking.address() as AddressInfo;
    const server = await startUpstashServer({ redis: `redis://127.0.0.1:${port}` });
    const response = await fetch(`${server.url}/multi-exec?_token=${server.token}`, {
      method: "POST",
      body: '[["INCR","n"]]',
    });
    expect([502, 503]).toContain(response.status);
    expect(received.join("")).toContain("MULTI");
    expect(received.join("")).not.toContain("INCR");
    await server.close();
    breaking.close();
  });
});

describe("close", () => {
  it("lets a request under way be answered, accepts no further one, and may be called twice", async () => {
    const { server, answer, admin } = await runForever();
    const closed = server.close();
    await expect(fetch(server.url)).rejects.toThrow();
    await admin.call("SCRIPT", "KILL");
    const response = await answer;
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("Script killed by user")]);
    await Promise.all([closed, server.close()]);
  });
});

/** A server that is running a script which ends only with Redis or by SCRIPT KILL. */
async function runForever() {
  const admin = adminClient(served.redis.options);
  onTestFinished(() => admin.disconnect());
  await admin.call("CONFIG", "SET", "lua-time-limit", "10");
  const server = await startUpstashServer({ redis: served.redis.url });
  const answer = fetch(`${server.url}/eval/while%20true%20do%20end/0?_token=${server.token}`);
  await until("it runs", () => admin.ping().then(() => false, isBusy));
  return { server, answer, admin };
}

const isBusy = (error: Error) => error.message.startsWith("BUSY");
