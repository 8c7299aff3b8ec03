import { type BackendEvent, type FallbackBackend, withFallback } from "@keyward/core";
import { askServer, type RedisServer, startRedis, until } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { increment } from "./fixtures/increment.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";

const timeoutMs = 250;
/** What a busy machine that runs the tests may add to the 50 ms that are promised. */
const latenessMs = 50 + 200;
const local = { degrade: "local" } as const;

let server: RedisServer;
let backend: FallbackBackend;
let events: BackendEvent[];

beforeEach(async () => {
  // Probes come as soon as they may, every second.
  vi.spyOn(Math, "random").mockReturnValue(0);
  server = await startRedis({ appendOnly: true });
  events = [];
  backend = withFallback(createIoredisBackend({ ...server.options, timeoutMs }), {
    observer: (event) => events.push(event),
  });
  await backend.set("key", "shared");
});
afterEach(async () => {
  await backend.close();
  await server.stop();
  vi.restoreAllMocks();
});

interface Ended {
  readonly code: string | undefined;
  readonly outcome: string | undefined;
  readonly tookMs: number;
}

async function end(call: Promise<unknown>): Promise<Ended> {
  const start = performance.now();
  const error = await call.then(
    () => undefined,
    (reason: { code: string; outcome: string }) => reason,
  );
  return { code: error?.code, outcome: error?.outcome, tookMs: performance.now() - start };
}

/** Writes that may be degraded, until the circuit trips; none of them fails, and none takes longer than it may. */
async function writeUntilTripped(): Promise<void> {
  await until(
    "the circuit trips",
    async () => {
      const ended = await end(backend.run(increment, ["n"], { by: 1 }, local));
      expect(ended.code).toBeUndefined();
      expect(ended.tookMs).toBeLessThan(timeoutMs + latenessMs);
      return backend.mode === "local";
    },
    { everyMs: 1 },
  );
}

/** While tripped: nobody waits for the network. */
async function expectNobodyWaits(): Promise<void> {
  const took: number[] = [];
  for (let count = 0; count < 2_000; count += 1) {
    took.push((await end(backend.run(increment, ["m"], { by: 1 }, local))).tookMs);
  }
  took.sort((one, other) => one - other);
  expect(took[Math.floor(took.length * 0.99)]).toBeLessThan(1);
}

async function expectReturn(): Promise<void> {
  await until("the store is used again", () => backend.mode === "primary", { timeoutMs: 30_000 });
  expect(await backend.get("key")).toBe("shared");
  const types = events.map(({ type }) => type).filter((type) => /degraded|recovered/.test(type));
  expect(types).toEqual(["backend.degraded", "backend.recovered"]);
}

describe("withFallback over Redis", () => {
  it("outlives a server that is killed, and uses it again once it is back", async () => {
    await server.kill("SIGKILL");
    await writeUntilTripped();
    await expectNobodyWaits();
    const refused = await end(backend.get("key"));
    expect(refused).toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "not-applied" });
    expect(refused.tookMs).toBeLessThan(20);
    await server.start();
    await expectReturn();
    // What was counted in memory meanwhile stays there.
    expect(await backend.get("n")).toBeNull();
  });

  it("outlives a server that is frozen, and sends nothing to it twice", async () => {
    server.freeze();
    await writeUntilTripped();
    await expectNobodyWaits();
    expect((await end(backend.get("key"))).tookMs).toBeLessThan(20);
    server.thaw();
    await expectReturn();
    // The writes that went out before the trip may run when it thaws, each of them once.
    expect(Number(await backend.get("n"))).toBeLessThanOrEqual(5);
  });

  it("takes a restart for the short outage that it is", async () => {
    const writing = (async () => {
      const ends: Ended[] = [];
      for (let count = 0; count < 200; count += 1) ends.push(await end(backend.run(increment, ["n"], { by: 1 })));
      return ends;
    })();
    await server.restart({ kill: "SIGKILL" });
    const ends = await writing;
    await until("the store is used", () => backend.mode === "primary", { timeoutMs: 30_000 });
    const done = ends.filter(({ code }) => code === undefined).length;
    const unknown = ends.filter(({ outcome }) => outcome === "unknown").length;
    const counted = Number(await backend.get("n"));
    expect(counted).toBeGreaterThanOrEqual(done);
    expect(counted).toBeLessThanOrEqual(done + unknown);
    expect(Math.max(...ends.map(({ tookMs }) => tookMs))).toBeLessThan(timeoutMs + latenessMs);
  });

  it("goes on reading from a server without memory for writes", async () => {
    await askServer(server.options, "CONFIG", "SET", "maxmemory", "1");
    await writeUntilTripped();
    expect(events.find(({ type }) => type === "backend.degraded")).toMatchObject({ code: "BACKEND_FULL" });
    await expectNobodyWaits();
    await until("a probe has found that it answers", async () => (await end(backend.get("key"))).code === undefined);
    expect(await backend.get("key")).toBe("shared");
    expect(backend.mode).toBe("local");
    await askServer(server.options, "CONFIG", "SET", "maxmemory", "0");
    await expectReturn();
  });

  it("goes on reading from a server that has become a replica", async () => {
    await askServer(server.options, "REPLICAOF", "127.0.0.1", "1");
    // Few calls, and reads among the writes.
    for (let count = 0; count < 5; count += 1) {
      expect(await backend.get("key")).toBe("shared");
      await backend.run(increment, ["n"], { by: 1 }, local);
    }
    expect(backend.mode).toBe("local");
    await expectNobodyWaits();
    await until("a probe has found that it answers", async () => (await end(backend.get("key"))).code === undefined);
    expect(await end(backend.set("key", "value"))).toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      outcome: "not-applied",
    });
    expect(backend.mode).toBe("local");
    await askServer(server.options, "REPLICAOF", "NO", "ONE");
    await expectReturn();
  });

  it("lets one caller's big uploads time out without degrading the others", async () => {
    const big = "x".repeat(8 * 1024 * 1024);
    const ends: Ended[] = [];
    for (let count = 0; count < 8; count += 1) {
      const upload = end(backend.set("big", big, { timeoutMs: 1 }));
      ends.push(await end(backend.run(increment, ["n"], { by: 1 }, local)), await upload);
    }
    expect(ends.filter(({ code }) => code === "BACKEND_TIMEOUT").length).toBeGreaterThan(4);
    expect(backend.mode).toBe("primary");
  });
});
