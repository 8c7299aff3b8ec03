import { createCounter, createMappingStore, type KeyValueBackend } from "@keyward/core";
import { askServer, type CommandMonitor, increment, monitorCommands, until } from "@keyward/test-kit";
import { Redis as Redis6 } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ReplicatedServer, startReplicated } from "../fixtures/replicated-server.ts";
import { createIoredisBackend } from "../ioredis-backend.ts";

/** Where the deadline isn't in question. */
const patient = { timeoutMs: 10_000 };
const host = (value: string) => [{ type: "HOST", value }];

let servers: ReplicatedServer;
let backend: KeyValueBackend;
let monitor: CommandMonitor | undefined;

beforeAll(async () => {
  servers = await startReplicated(2);
});
afterAll(() => servers.stop());
beforeEach(async () => {
  await askServer(servers.master.options, "FLUSHALL");
});
afterEach(async () => {
  monitor?.close();
  monitor = undefined;
  for (const replica of servers.replicas) replica.thaw();
  await backend.close();
});

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

const replicaSays = (...command: [string, ...string[]]) =>
  Promise.all(servers.replicas.map(({ options }) => askServer(options, ...command)));

const connections = async () =>
  String(await askServer(servers.master.options, "CLIENT", "LIST", "TYPE", "normal"))
    .trim()
    .split("\n").length - 1;

describe.each([
  { way: "options, ioredis 6", create: () => createIoredisBackend({ url: servers.master.url }) },
  {
    way: "a shared client of ioredis 6",
    create: () => sharing(new Redis6({ ...servers.master.options, lazyConnect: true })),
  },
  {
    way: "a shared client of ioredis 5",
    create: () => sharing(new Redis5({ ...servers.master.options, lazyConnect: true })),
  },
])("a step that waits for replicas, with $way", ({ create }) => {
  beforeEach(() => {
    backend = create();
  });

  it("resolves once they have what it wrote", async () => {
    for (let sum = 1; sum <= 20; sum += 1) {
      expect(await backend.run(increment, ["n"], { by: 1 }, { ...patient, replicas: 2 })).toBe(sum);
      expect(await replicaSays("GET", "n")).toEqual([`${sum}`, `${sum}`]);
    }
  });

  it("fails by its deadline with an unknown outcome while a replica is frozen, and isn't sent again", async () => {
    await backend.run(increment, ["n"], { by: 1 }, { ...patient, replicas: 2 });
    monitor = await monitorCommands(servers.master);
    servers.replicas[0]?.freeze();
    const start = performance.now();
    const error = await failureOf(backend.run(increment, ["n"], { by: 1 }, { timeoutMs: 300, replicas: 2 }));
    expect(performance.now() - start).toBeLessThan(300 + 2_000);
    expect(error).toMatchObject({
      code: "BACKEND_TIMEOUT",
      outcome: "unknown",
      retryable: true,
      message: expect.stringMatching(/replicas/),
    });
    expect(await backend.run(increment, ["n"], { by: 1 }, { ...patient, replicas: 1 })).toBe(3);
    servers.replicas[0]?.thaw();
    expect(await backend.run(increment, ["n"], { by: 1 }, { ...patient, replicas: 2 })).toBe(4);
    const steps = (await monitor.commands()).filter((command) => command.startsWith("eval"));
    expect(steps).toHaveLength(3);
  });

  it("holds up nothing but its like", async () => {
    await backend.run(increment, ["n"], { by: 1 }, { ...patient, replicas: 2 });
    await backend.ping(patient);
    servers.replicas[0]?.freeze();
    const held = failureOf(backend.run(increment, ["n"], { by: 1 }, { timeoutMs: 3_000, replicas: 2 }));
    await until("the step has run", async () => (await backend.get("n", patient)) === "2");
    let settled = false;
    void held.then(() => {
      settled = true;
    });
    const pings = await Promise.all(Array.from({ length: 50 }, () => backend.ping(patient)));
    expect(Math.max(...pings)).toBeLessThan(1_000);
    expect(await backend.run(increment, ["other"], { by: 1 }, patient)).toBe(1);
    expect(await backend.run(increment, ["other"], { by: 1 }, { ...patient, replicas: 1 })).toBe(2);
    expect(settled).toBe(false);
    servers.replicas[0]?.thaw();
    expect(await held).toBeUndefined();
  });
});

/** Even a client that is to be shared isn't used to wait. */
function sharing(client: Redis5 | Redis6): KeyValueBackend {
  const shared = createIoredisBackend({ client, shareConnection: true });
  const { close } = shared;
  return Object.assign(shared, {
    close: async () => {
      await close.call(shared);
      client.disconnect();
    },
  });
}

describe("steps that wait for replicas", () => {
  beforeEach(() => {
    backend = createIoredisBackend({ url: servers.master.url });
  });

  it("have a connection of their own, from the first one on", async () => {
    await backend.run(increment, ["n"], { by: 1 }, patient);
    const before = await connections();
    await backend.run(increment, ["n"], { by: 1 }, { ...patient, replicas: 1 });
    await backend.run(increment, ["m"], { by: 1 }, { ...patient, replicas: 1 });
    expect(await connections()).toBe(before + 1);
  });

  it("send a step and its WAIT at once, and one WAIT for all that came while another was out", async () => {
    const waiting = { ...patient, replicas: 2 };
    await backend.run(increment, ["n"], { by: 1 }, waiting);
    monitor = await monitorCommands(servers.master);
    let sent = 0;
    const counted = { ...waiting, onSent: (commands: number) => (sent += commands) };
    await Promise.all(Array.from({ length: 10 }, () => backend.run(increment, ["n"], { by: 1 }, counted)));
    const commands = (await monitor.commands()).filter((command) => !command.startsWith("lua"));
    expect(commands).toEqual(["evalsha", "wait", ...Array(9).fill("evalsha"), "wait"]);
    expect(sent).toBe(commands.length);
  });

  it("leave no backlog behind: what isn't sent by its deadline never is", async () => {
    await backend.run(increment, ["n"], { by: 1 }, { ...patient, replicas: 2 });
    servers.replicas[0]?.freeze();
    const held = failureOf(backend.run(increment, ["n"], { by: 1 }, { timeoutMs: 1_000, replicas: 2 }));
    const late = await Promise.all(
      Array.from({ length: 20 }, () =>
        failureOf(backend.run(increment, ["n"], { by: 100 }, { timeoutMs: 100, replicas: 2 })),
      ),
    );
    for (const error of late) expect(error).toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "not-applied" });
    expect(await held).toMatchObject({ outcome: "unknown" });
    servers.replicas[0]?.thaw();
    expect(await backend.run(increment, ["n"], { by: 1 }, { ...patient, replicas: 2 })).toBe(3);
  });

  it("end with the caller's signal, and with the backend", async () => {
    await backend.run(increment, ["n"], { by: 1 }, { ...patient, replicas: 2 });
    servers.replicas[0]?.freeze();
    const leaving = new AbortController();
    const aborted = failureOf(
      backend.run(increment, ["n"], { by: 1 }, { ...patient, replicas: 2, signal: leaving.signal }),
    );
    const pending = failureOf(backend.run(increment, ["m"], { by: 1 }, { ...patient, replicas: 2 }));
    await until("the step has run", async () => (await backend.get("n", patient)) === "2");
    leaving.abort("enough");
    expect(await aborted).toBe("enough");
    await backend.close();
    expect(await pending).toMatchObject({ code: "BACKEND_CLOSED", outcome: "not-applied" });
    const after = failureOf(backend.run(increment, ["n"], { by: 1 }, { ...patient, replicas: 3 }));
    expect(await after).toMatchObject({ code: "BACKEND_CLOSED" });
  });
});

describe("numbers that replicas acknowledge", () => {
  beforeEach(() => {
    backend = createIoredisBackend({ url: servers.master.url });
  });

  it("aren't given out while a replica is frozen, and are the same when asked for again", async () => {
    const store = createMappingStore({ backend, scope: "s", replicas: 2 });
    await store.assign(host("first"), patient);
    servers.replicas[0]?.freeze();
    const inVain = store.assign(host("second"), { timeoutMs: 400 });
    expect(await failureOf(inVain)).toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "unknown" });
    // It is known to the master by now, but to one replica only: nobody else is told it either.
    const other = createMappingStore({ backend, scope: "s", replicas: 2 });
    expect(await failureOf(other.assign(host("second"), { timeoutMs: 400 }))).toMatchObject({ outcome: "unknown" });
    servers.replicas[0]?.thaw();
    expect((await store.assign(host("second"), patient)).assigned).toEqual([{ number: 2, isNew: false }]);
  });

  it("are written once more when they are asked for again, so that there is something to acknowledge", async () => {
    const store = createMappingStore({ backend, scope: "s", replicas: 2 });
    const replicated = async () =>
      Number(
        /master_repl_offset:(\d+)/.exec(String(await askServer(servers.master.options, "INFO", "replication")))?.[1],
      );
    await store.assign(host("known"), patient);
    monitor = await monitorCommands(servers.master);
    const before = await replicated();
    await store.assign(host("known"), patient);
    expect(await replicated()).toBeGreaterThan(before);
    expect(await monitor.commands()).toContain("lua hset");
  });

  it("of a counter leave a gap where an answer was in doubt", async () => {
    const counter = createCounter({ backend, replicas: 2 });
    expect(await counter.next("invoice", patient)).toBe(1);
    servers.replicas[1]?.freeze();
    expect(await failureOf(counter.next("invoice", { timeoutMs: 300 }))).toMatchObject({ outcome: "unknown" });
    servers.replicas[1]?.thaw();
    expect(await counter.next("invoice", patient)).toBe(3);
  });
});
