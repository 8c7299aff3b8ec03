import { createCounter, createMappingStore, withCommandBudget } from "@keyward/core";
import { askServer, increment, monitorCommands, until } from "@keyward/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RestStore, startRestStore } from "./fixtures/serve.ts";
import { createUpstashBackend } from "./upstash-backend.ts";

let store: RestStore;
beforeAll(async () => {
  store = await startRestStore();
});
afterAll(() => store.stop());

describe("what the budget counts over REST", () => {
  it("is what MONITOR shows, even for pipelines, scripts and a lost script cache", async () => {
    const { url, token } = store.rest;
    const backend = withCommandBudget(createUpstashBackend({ url, token, timeoutMs: 10_000 }), { monthly: 500_000 });
    const monitor = await monitorCommands(store.redis);
    const counter = createCounter({ backend });
    const mappings = createMappingStore({ backend, scope: "tenant-1", ttl: "30d" });
    const host = (value: string) => ({ type: "HOST", value });

    await backend.set("a", "1", { ttlMs: 60_000, onlyIf: "absent" });
    await Promise.all([backend.get("a"), backend.getMany(["a", "b"]), backend.delete(["b"]), backend.ping()]);
    await Promise.all(Array.from({ length: 20 }, () => counter.next("invoice")));
    await mappings.assign([host("x"), host("y"), host("x")]);
    await askServer(store.redis.options, "SCRIPT", "FLUSH");
    await Promise.all([mappings.assign([host("y"), host("z")]), backend.run(increment, ["n"], { by: 1 })]);
    const end = await backend.subscribe("news", () => {});
    await backend.publish("news", "hello");
    await end();
    await until("the month is known", async () => backend.budget().month !== null);

    // The server in between unsubscribes by itself.
    const commands = (await monitor.commands()).filter((name) => !/^(script|unsubscribe)$/.test(name));
    expect(backend.budget().used).toBe(commands.length);
    monitor.close();
    await backend.close();
  });
});
