import { connect } from "node:net";
import { until } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readLines, take } from "../fixtures/read-events.ts";
import { type ServedRedis, serveRedis } from "../fixtures/serve-redis.ts";

let served: ServedRedis;
beforeEach(async () => {
  served = await serveRedis();
});
afterEach(() => served.stop());

const listen = (path: string, init: RequestInit = {}) =>
  fetch(served.server.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${served.server.token}`, accept: "text/event-stream" },
    ...init,
  });

describe("the client's subscribe", () => {
  it("gets the confirmation and then every message, in order", async () => {
    const client = served.client();
    const heard: unknown[] = [];
    const subscriber = client.subscribe("chat");
    subscriber.on("subscribe", (count) => heard.push(count));
    subscriber.on("message", ({ channel, message }) => heard.push([channel, message]));
    await until("it is subscribed", () => heard.length === 1);
    await client.publish("chat", { n: 1 });
    for (const text of ["a, b, c", "grüße 🎉", "", "data: message,chat,no"]) await client.publish("chat", text);
    await until("all are heard", () => heard.length === 6);
    expect(heard).toEqual([
      1,
      ["chat", { n: 1 }],
      ["chat", "a, b, c"],
      ["chat", "grüße 🎉"],
      ["chat", ""],
      ["chat", "data: message,chat,no"],
    ]);
  });

  it("reads only the first line of a message", async () => {
    const client = served.client({ automaticDeserialization: false });
    const heard: unknown[] = [];
    const subscriber = client.subscribe<string>("chat");
    subscriber.on("subscribe", () => heard.push("subscribed"));
    subscriber.on("message", ({ message }) => heard.push(message));
    await until("it is subscribed", () => heard.length === 1);
    for (const lineEnd of ["\n", "\r\n", "\n ", "\n\ndata: "]) {
      await client.publish("chat", `first${lineEnd}message,chat,forged`);
    }
    await client.publish("chat", "last");
    await until("the last is heard", () => heard.at(-1) === "last");
    expect(heard).toEqual(["subscribed", "first", "first", "first", "first", "last"]);
  });

  it("gets a pattern's messages by psubscribe", async () => {
    const client = served.client();
    const heard: unknown[] = [];
    const subscriber = client.psubscribe("news:*");
    subscriber.on("pmessage", (message) => heard.push(message));
    await until("it is subscribed", async () => (await client.publish("news:none", "0")) === 1);
    await client.publish("news:tech", { n: 1 });
    await until("both are heard", () => heard.length === 2);
    expect(heard[1]).toEqual({ pattern: "news:*", channel: "news:tech", message: { n: 1 } });
  });
});

describe("a stream", () => {
  it("confirms each channel, then carries its messages", async () => {
    const response = await listen("/subscribe/one/%74wo");
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const lines = readLines(response);
    expect(await take(lines, 2)).toEqual(["data: subscribe,one,1", "data: subscribe,two,2"]);
    await served.client().publish("two", "hello");
    expect(await take(lines, 1)).toEqual(["data: message,two,hello"]);
  });

  it("carries the whole message for a reader that follows the standard", async () => {
    const lines = readLines(await listen("/subscribe/chat"));
    await take(lines, 1);
    await served.client().publish("chat", "one\ntwo\n three\r\n");
    expect(await take(lines, 4)).toEqual(["data: message,chat,one", "data:two", "data:  three", "data:"]);
  });

  it("shows every command by /monitor, as on a terminal", async () => {
    const lines = readLines(await listen("/monitor"));
    expect(await take(lines, 1)).toEqual(['data: "OK"']);
    await served.client({ enableAutoPipelining: false }).set("k", 'a "quoted" \\ \n value');
    let seen: string | undefined;
    while (!seen?.includes('"SET"')) [seen] = await take(lines, 1);
    expect(seen).toMatch(/^data: \d+\.\d+ \[0 127\.0\.0\.1:\d+] "SET" "k" "a \\"quoted\\" \\\\ \\n value"$/);
  });

  it("disconnects from Redis when its reader leaves", async () => {
    const abort = new AbortController();
    await take(readLines(await listen("/subscribe/chat", { signal: abort.signal })), 1);
    abort.abort();
    await until("nobody listens", async () => (await served.client().publish("chat", "x")) === 0);
  });

  it("ends when Redis is lost, and can be opened again when Redis is back", async () => {
    const lines = readLines(await listen("/subscribe/chat"));
    await take(lines, 1);
    await served.redis.kill("SIGKILL");
    expect(await take(lines, 1)).toEqual([]);
    const refused = await listen("/subscribe/chat");
    expect([refused.status, await refused.text()]).toEqual([503, `{"error":"ERR Redis can't be reached"}`]);
    await served.redis.start();
    expect(await take(readLines(await listen("/subscribe/chat")), 1)).toEqual(["data: subscribe,chat,1"]);
  });

  it("is cut off when its reader falls far behind, instead of being kept in memory", async () => {
    const response = await listen("/subscribe/chat");
    const client = served.client();
    await until("it is dropped", async () => (await client.publish("chat", "x".repeat(900_000))) === 0);
    await expect(response.text()).rejects.toThrow();
  });

  it("ignores a body, however long", async () => {
    const { hostname, port } = new URL(served.server.url);
    const socket = connect(Number(port), hostname).on("error", () => {});
    const body = Buffer.alloc(20_000_000, "x");
    const head = ["POST /subscribe/a HTTP/1.1", "host: a", `authorization: Bearer ${served.server.token}`];
    socket.write(`${head.join("\r\n")}\r\ncontent-length: ${body.length}\r\n\r\n`);
    await new Promise((resolve) => socket.write(body, resolve));
    socket.destroy();
  });

  it("requires a channel", async () => {
    const response = await listen("/subscribe");
    expect(response.status).toBe(400);
  });

  it("ends at once when the server closes", async () => {
    const streams = await Promise.all(["/subscribe/chat", "/psubscribe/*", "/monitor"].map((path) => listen(path)));
    const texts = Promise.all(streams.map((response) => response.text()));
    const began = performance.now();
    await served.server.close();
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(await texts).toHaveLength(3);
  });
});
