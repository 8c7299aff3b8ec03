import type { KeyValueBackend } from "@keyward/core";
import { type RedisServer, startRedis, startTcpProxy, type TcpProxy, until } from "@keyward/test-kit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ways } from "./fixtures/clients.ts";

let server: RedisServer;
let proxy: TcpProxy;
let backend: KeyValueBackend;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

describe.each(ways)("subscriptions with $way", ({ create }) => {
  beforeEach(async () => {
    proxy = await startTcpProxy(server);
    backend = create(proxy, { prefix: "app:", timeoutMs: 1_000 }).backend;
  });
  afterEach(async () => {
    await backend.close();
    await proxy.stop();
  });

  it("come back after the connection was cut, and every listener is told of the gap once", async () => {
    const [messages, gaps]: [string[], string[]] = [[], []];
    for (const channel of ["a", "b"]) {
      await backend.subscribe(channel, (message) => messages.push(message), { onGap: () => gaps.push(channel) });
    }
    proxy.cut();
    await until("both are told", () => gaps.length >= 2);
    await until("the store is reached", () => backend.ping().then(Boolean, () => false));
    await backend.publish("a", "after");
    await until("the message is there", () => messages.length > 0);
    expect(messages).toEqual(["after"]);
    expect(gaps.sort()).toEqual(["a", "b"]);
  });

  it("stand and end whatever becomes of the count of their commands", async () => {
    const heard: string[] = [];
    const onSent = () => {
      throw new Error("a counter's own trouble");
    };
    const end = await backend.subscribe("a", (message) => heard.push(message), { onSent });
    await backend.publish("a", "hello", { onSent });
    await until("the message is there", () => heard.length > 0);
    await end();
    expect(heard).toEqual(["hello"]);
  });

  it("fail by the deadline while there is no store, and stay away once it is back", async () => {
    await proxy.refuse();
    const heard: string[] = [];
    await expect(backend.subscribe("a", (message) => heard.push(message))).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      operation: "subscribe",
      outcome: "not-applied",
    });
    await proxy.accept();
    const witnessed: string[] = [];
    await until("another one stands", () =>
      backend
        .subscribe("a", (message) => witnessed.push(message))
        .then(
          () => true,
          () => false,
        ),
    );
    await backend.publish("a", "hello");
    await until("the message is there", () => witnessed.length > 0);
    expect(heard).toEqual([]);
  });

  it("are lost for longer than one attempt and come back all the same", async () => {
    let gaps = 0;
    await backend.subscribe("a", () => {}, { onGap: () => (gaps += 1) });
    await proxy.refuse();
    const { accepted } = proxy;
    await until("the store is missed", () =>
      backend.ping({ timeoutMs: 100 }).then(
        () => false,
        () => true,
      ),
    );
    expect(gaps).toBe(0);
    await proxy.accept();
    await until("the gap is told", () => gaps === 1);
    expect(proxy.accepted).toBeGreaterThan(accepted);
  });

  it("begun while the connection is on its way stand with it", async () => {
    const heard: string[] = [];
    await Promise.all(["a", "b", "a"].map((channel) => backend.subscribe(channel, (message) => heard.push(message))));
    await backend.publish("a", "to a");
    await backend.publish("b", "to b");
    await until("all is heard", () => heard.length === 3);
    expect(heard.sort()).toEqual(["to a", "to a", "to b"]);
  });
});
