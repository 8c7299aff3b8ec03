import { createIoredisBackend } from "@keyward/ioredis";
import { type RedisServer, startRedis, until } from "@keyward/test-kit";
import { createUpstashBackend } from "@keyward/upstash";
import { startUpstashServer, type UpstashServer } from "@keyward/upstash-local";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCounter, type KeyValueBackend } from "./index.ts";

let server: RedisServer;
let rest: UpstashServer;
let tcp: KeyValueBackend;
let http: KeyValueBackend;

beforeAll(async () => {
  server = await startRedis();
  rest = await startUpstashServer({ redis: server.url });
  tcp = createIoredisBackend({ url: server.url, prefix: "app:", timeoutMs: 2_000 });
  http = createUpstashBackend({ url: rest.url, token: rest.token, prefix: "app:", timeoutMs: 2_000 });
});
afterAll(async () => {
  await Promise.all([tcp.close(), http.close()]);
  await rest.close();
  await server.stop();
});

describe("a store that is reached over TCP and over REST", () => {
  it("holds the same values both ways", async () => {
    for (const value of ["123", "null", '{"a":1}', "line\r\n", "\ufeffmark", "한국어 👩‍👩‍👧", "\0"]) {
      await tcp.set("key", value);
      expect(await http.get("key")).toBe(value);
      await http.set("key", `${value} back`);
      expect(await tcp.getMany(["key"])).toEqual([`${value} back`]);
    }
  });

  it("gives out each number once, whoever asks", async () => {
    const counters = [tcp, http].map((backend) => createCounter({ backend }));
    const numbers = await Promise.all(Array.from({ length: 40 }, (_, index) => counters[index % 2]?.next("invoice")));
    expect(numbers.sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it("carries messages both ways, letter by letter", async () => {
    const messages = ["a,b", "two\r\nlines\n", "100 % of %0A", "", '{"a":1}', "한국어"];
    const heard: Record<string, string[]> = { tcp: [], http: [] };
    await tcp.subscribe("news, local", (message) => heard["tcp"]?.push(message));
    await http.subscribe("news, local", (message) => heard["http"]?.push(message));
    for (const [index, message] of messages.entries()) {
      await (index % 2 === 0 ? tcp : http).publish("news, local", message);
    }
    await until("all is heard", () => heard["tcp"]?.length === 6 && heard["http"]?.length === 6);
    expect(heard).toEqual({ tcp: messages, http: messages });
  });
});
