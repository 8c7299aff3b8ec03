import type { KeyValueBackend } from "@keyward/core";
import { askServer, increment, startTcpProxy, type TcpProxy, until } from "@keyward/test-kit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { failureOf } from "./fixtures/failure-of.ts";
import { type RestStore, startRestStore } from "./fixtures/serve.ts";
import { createUpstashBackend } from "./upstash-backend.ts";

let store: RestStore;
let proxy: TcpProxy;
let backend: KeyValueBackend;

beforeAll(async () => {
  store = await startRestStore();
});
afterAll(() => store.stop());
beforeEach(async () => {
  await askServer(store.redis.options, "FLUSHALL");
  proxy = await startTcpProxy({ host: "127.0.0.1", port: Number(new URL(store.rest.url).port) });
  backend = createUpstashBackend({ url: `http://127.0.0.1:${proxy.port}`, token: store.rest.token, timeoutMs: 5_000 });
});
afterEach(async () => {
  await backend.close();
  await proxy.stop();
});

const step = (timeoutMs = 5_000) => backend.run(increment, ["n"], { by: 1 }, { timeoutMs });
const stored = () => askServer(store.redis.options, "GET", "n");

describe("a step whose reply is lost", () => {
  it("was applied once when the connection is cut, and isn't sent again", async () => {
    await step();
    proxy.mode = "cut-at-reply";
    expect(await failureOf(step())).toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "unknown" });
    proxy.mode = "pass";
    expect(await step()).toBe(3);
    expect(await stored()).toBe("3");
  });

  it("was applied once when nothing answers, and isn't sent again", async () => {
    await step();
    proxy.mode = "swallow-replies";
    expect(await failureOf(step(100))).toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "unknown" });
    await until("it was applied", async () => (await stored()) === "2");
    proxy.mode = "pass";
    proxy.cut();
    expect(await step()).toBe(3);
  });
});

describe("a store that is away", () => {
  it("serves calls that were made meanwhile if it is back in time", async () => {
    await proxy.refuse();
    const waiting = Promise.all([step(20_000), backend.get("n", { timeoutMs: 20_000 })]);
    await expect(failureOf(step(100))).resolves.toMatchObject({ outcome: "not-applied" });
    await proxy.accept();
    expect(await waiting).toEqual([1, "1"]);
    expect(await stored()).toBe("1");
  });

  it("is asked again if the reply to a read was lost", async () => {
    await step();
    proxy.mode = "cut-at-reply";
    const reading = backend.get("n");
    const { accepted } = proxy;
    await until("it was tried again", () => proxy.accepted > accepted + 1);
    proxy.mode = "pass";
    expect(await reading).toBe("1");
  });
});
