import { createCounter, createMappingStore, defineScript, withCommandBudget } from "@keyward/core";
import {
  askServer,
  type CommandMonitor,
  increment,
  monitorCommands,
  type RedisServer,
  startRedis,
  until,
} from "@keyward/test-kit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ways } from "./fixtures/clients.ts";
import { testOver, timeoutMs } from "./fixtures/conformance.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";

/** Whoever runs this may be slow: not the deadline is in question. */
const patient = { timeoutMs: 10_000 };
const monthly = 500_000;

/** Asks for each key through whichever of the two ways, and for one that holds something else. */
const askAround = defineScript<{ readonly times: number }, unknown>({
  name: "ask-around",
  keys: ["a number", "a list or nothing"],
  args: ({ times }) => [`${times}`],
  reply: (raw) => raw,
  lua: `
    local call, asked = redis.call, 0
    for _ = 1, tonumber(ARGV[2]) do asked = asked + (call("GET", KEYS[1]) and 1 or 0) end
    local other = redis.pcall("GET", KEYS[2])
    if other and other.err then return { tostring(asked), "another type" } end
    return tostring(asked)`,
  memory: () => null,
});

/** Fails on its third command if the key isn't a number. */
const failLate = defineScript<null, unknown>({
  name: "fail-late",
  keys: ["a number"],
  args: () => [],
  reply: (raw) => raw,
  lua: 'redis.call("EXISTS", KEYS[1]) redis.call("TTL", KEYS[1]) return redis.call("INCR", KEYS[1])',
  memory: () => null,
});

let server: RedisServer;
let monitor: CommandMonitor;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());
function budgeted() {
  const backend = withCommandBudget(createIoredisBackend({ url: server.url, timeoutMs: 10_000 }), { monthly });
  open.push(backend);
  return backend;
}

/** Until the first report has come back: only then does nothing more happen by itself. */
async function settled(backend: ReturnType<typeof budgeted>): Promise<void> {
  await until("the month is known", async () => backend.budget().month !== null);
}

describe("what the budget counts", () => {
  beforeEach(async () => {
    await askServer(server.options, "FLUSHALL");
    await askServer(server.options, "SCRIPT", "FLUSH");
    monitor = await monitorCommands(server);
  });
  afterEach(async () => {
    monitor.close();
    for (const backend of open.splice(0)) await backend.close();
  });

  it("is what MONITOR shows, for every member, scripts, a lost script cache and the budget's own commands", async () => {
    const backend = budgeted();
    const counter = createCounter({ backend });
    const store = createMappingStore({ backend, scope: "tenant-1", ttl: "30d" });
    const host = (value: string) => ({ type: "HOST", value });

    await backend.set("a", "1", patient);
    await backend.set("b", "2", { ttlMs: 60_000, onlyIf: "absent" });
    await Promise.all([backend.get("a"), backend.getMany(["a", "b", "c"]), backend.getMany([])]);
    await backend.ping(patient);
    const heard: string[] = [];
    const end = await backend.subscribe("news", (message) => heard.push(message), { onSent: () => heard.push("sent") });
    const endAnother = await backend.subscribe("news", () => {});
    await backend.publish("news", "hello");
    await until("the message is there", async () => heard.includes("hello"));
    await Promise.all([end(), endAnother()]);
    await backend.delete(["a", "b", "never"]);

    expect(await counter.next("invoice", patient)).toBe(1);
    await Promise.all(Array.from({ length: 20 }, () => counter.next("invoice", patient)));
    await store.assign([host("x"), host("y"), host("x")], patient);
    await askServer(server.options, "SCRIPT", "FLUSH");
    await Promise.all([store.assign([host("y"), host("z")], patient), store.resolve([{ type: "HOST", number: 1 }])]);
    await store.forget({ entries: [host("x")] }, patient);
    await backend.run(increment, ["n"], { by: 1 }, { nowMs: 5 });
    await askServer(server.options, "RPUSH", "{n}:list", "item");
    expect(await backend.run(askAround, ["{n}", "{n}:list"], { times: 3 })).toEqual(["0", "another type"]);
    expect(await backend.run(askAround, ["{n}", "{n}:none"], { times: 0 })).toBe("0");
    await settled(backend);
    const commands = (await monitor.commands()).filter((name) => !/^(script|rpush)$/.test(name));
    const { used, pending } = backend.budget();
    expect({ used, heard }).toEqual({ used: commands.length, heard: ["sent", "hello"] });
    expect(pending).toBeLessThan(used);
    expect(commands.filter((name) => name === "lua info").length).toBeGreaterThan(10);
  });

  it("holds the commands that subscribe again after the connection was lost", async () => {
    const backend = budgeted();
    let gaps = 0;
    const onGap = () => {
      gaps += 1;
    };
    for (const channel of ["news", "weather"]) await backend.subscribe(channel, () => {}, { onGap });
    await askServer(server.options, "CLIENT", "KILL", "TYPE", "pubsub");
    await until("both are subscribed again", async () => gaps === 2);
    await backend.ping();
    await settled(backend);
    const commands = await monitor.commands();
    expect(commands.filter((name) => name === "subscribe")).toHaveLength(3);
    expect(backend.budget().used).toBe(commands.length);
  });

  it("takes what ran inside a script that failed for the most that the script has taken", async () => {
    const backend = budgeted();
    await backend.set("text", "no number");
    await settled(backend);
    expect(await backend.run(failLate, ["number"], null)).toBe(1);
    const before = backend.budget().used;
    await expect(backend.run(failLate, ["text"], null)).rejects.toMatchObject({
      code: "BACKEND_REJECTED",
      outcome: "unknown",
    });
    expect(backend.budget().used - before).toBe(4);
    expect(backend.budget().used).toBe((await monitor.commands()).length);
  });

  it("is the sum of all instances once they have closed", async () => {
    const backends = Array.from({ length: 5 }, budgeted);
    for (const backend of backends) {
      await backend.set("a", "1");
      await settled(backend);
    }
    await Promise.all(
      backends.map(async (backend, place) => {
        for (let times = 0; times < 300 + 50 * place; times += 1) await backend.run(increment, ["n"], { by: 1 });
      }),
    );
    await Promise.all(backends.map((backend) => backend.close()));
    const commands = await monitor.commands();
    const [month, count] = String(await askServer(server.options, "GET", "keyward:command-budget:{all}:month")).split(
      " ",
    );
    const leftover = backends.reduce((sum, backend) => sum + backend.budget().pending, 0);
    expect(month).toBe(new Date().toISOString().slice(0, 7));
    expect(Number(count) + leftover).toBe(commands.length);
    expect(leftover).toBe(0);
  });
});

describe.each(ways)("a budget over $way", ({ create }) => {
  testOver(
    () => [server],
    () => withCommandBudget(create(server.options, { prefix: "app:", timeoutMs }).backend, { monthly }),
  );
});
