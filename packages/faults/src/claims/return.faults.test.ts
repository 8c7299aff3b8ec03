import {
  BackendError,
  type BackendEvent,
  type FallbackBackend,
  type KeyValueBackend,
  withFallback,
} from "@keyward/core";
import { createIoredisBackend } from "@keyward/ioredis";
import { askServer, increment, type RedisServer, startRedis, until } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { see } from "../features/feature.ts";

const local = { degrade: "local" } as const;
const patient = { timeoutMs: 60_000 };

let server: RedisServer;
let backend: FallbackBackend;
let events: BackendEvent[];
/** The codes that scripts failed with. */
let codes: string[];

/** The event names the last failure before the trip, which on a busy machine may have come too late to say why. */
function noting(primary: KeyValueBackend): KeyValueBackend {
  const run = primary.run.bind(primary) as (...call: unknown[]) => Promise<unknown>;
  const noted = (...call: unknown[]) =>
    run(...call).catch((error: unknown) => {
      if (BackendError.is(error)) codes.push(error.code);
      throw error;
    });
  primary.run = noted as KeyValueBackend["run"];
  return primary;
}

beforeEach(async () => {
  // Probes come as soon as they may, every second.
  vi.spyOn(Math, "random").mockReturnValue(0);
  server = await startRedis({ appendOnly: true });
  events = [];
  codes = [];
  backend = withFallback(noting(createIoredisBackend(server.options)), { observer: (event) => events.push(event) });
  await until("the store is asked", () => backend.set("key", "shared").then(() => true), patient);
});
afterEach(async () => {
  await backend.close();
  await server.stop();
  vi.restoreAllMocks();
});

const reading = () => see(async () => ((await backend.get("key")) === "shared" ? "done" : "memory"));
const writing = () => see(async () => ((await backend.set("other", "value")) ? "done" : "memory"));

/** Writes that may be degraded, until the circuit trips; none of them fails. */
const writeUntilTripped = () =>
  until("the store is taken for away", async () => {
    await backend.run(increment, ["n"], { by: 1 }, local);
    return backend.mode === "local";
  });

async function expectReturn(): Promise<void> {
  await until("the store is used again", () => backend.mode === "primary", patient);
  await until("it answers", async () => (await reading()) === "done", patient);
  const types = events.map(({ type }) => type).filter((type) => /degraded|recovered/.test(type));
  expect(types.slice(0, 2)).toEqual(["backend.degraded", "backend.recovered"]);
}

describe("withFallback leaves a store alone and returns to it, when Redis", { timeout: 180_000 }, () => {
  it("is killed and started again: what was counted in memory stays there", async () => {
    await server.kill("SIGKILL");
    await writeUntilTripped();
    expect(await reading()).toBe("not applied");
    await server.start();
    await expectReturn();
    expect(await backend.get("n")).toBeNull();
  });

  it("is frozen and thaws: the writes before the trip have run once at most", async () => {
    server.freeze();
    await writeUntilTripped();
    server.thaw();
    await expectReturn();
    expect(Number(await backend.get("n"))).toBeLessThanOrEqual(5);
  });

  it("has no memory for writes: reads go on", async () => {
    await askServer(server.options, "CONFIG", "SET", "maxmemory", "1");
    await writeUntilTripped();
    expect(codes).toContain("BACKEND_FULL");
    await until("a probe has found that it answers", async () => (await reading()) === "done", patient);
    expect(backend.mode).toBe("local");
    await askServer(server.options, "CONFIG", "SET", "maxmemory", "0");
    await expectReturn();
  });

  it("has become a replica: reads go on, also among the writes that show it", async () => {
    await askServer(server.options, "REPLICAOF", "127.0.0.1", "1");
    await until("the store is taken for away", async () => {
      await backend.get("key", local);
      await backend.run(increment, ["n"], { by: 1 }, local);
      return backend.mode === "local";
    });
    await until("a probe has found that it answers", async () => (await reading()) === "done", patient);
    expect(await writing()).toBe("not applied");
    expect(backend.mode).toBe("local");
    await askServer(server.options, "REPLICAOF", "NO", "ONE");
    await expectReturn();
  });

  it("takes one caller's big uploads too late for him: the others stay with it", async () => {
    const big = "x".repeat(8 * 1024 * 1024);
    const uploads: string[] = [];
    for (let count = 1; count <= 8; count += 1) {
      const upload = see(async () => ((await backend.set("big", big, { timeoutMs: 1 })) ? "done" : "memory"));
      expect(await backend.run(increment, ["n"], { by: 1 }, { timeoutMs: 20_000 })).toBe(count);
      uploads.push(await upload);
    }
    expect(uploads.filter((seen) => seen !== "done").length).toBeGreaterThan(4);
    expect(backend.mode).toBe("primary");
  });
});
