import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { KeyValueBackend } from "../backend.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { defineScript } from "../script/define-script.ts";
import type { BackendEvent } from "./backend-event.ts";
import { failure, type ScriptedStore, scriptedStore } from "./fixtures/scripted-store.ts";
import { type FallbackBackend, withFallback } from "./with-fallback.ts";

const local = { degrade: "local" } as const;

let store: ScriptedStore;
let backend: FallbackBackend;
let events: BackendEvent[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  store = scriptedStore();
  events = [];
  backend = withFallback(store, { observer: (event) => events.push(event) });
});
afterEach(async () => {
  await backend.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** The code that a call rejects with. */
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "fulfilled",
    (error: { code: string }) => error.code,
  );

async function trip(): Promise<void> {
  store.behaviour = "BACKEND_UNAVAILABLE";
  for (let count = 0; count < 5; count += 1) await codeOf(backend.get("key"));
  expect(backend.mode).toBe("local");
}

/** With the clock's chance in the middle, five probes in a row that succeed take 1.5 s each. */
async function recover(): Promise<void> {
  store.behaviour = "well";
  await vi.advanceTimersByTimeAsync(40_000);
  expect(backend.mode).toBe("primary");
}

describe("withFallback", () => {
  it("hands everything to the primary while it serves", async () => {
    expect(await backend.set("key", "value", local)).toBe(true);
    expect(await store.get("key")).toBe("value");
    expect(backend).toMatchObject({ name: "scripted", mode: "primary", capabilities: store.capabilities });
    expect(backend.health()).toMatchObject({
      mode: "primary",
      failures: 0,
      calls: 1,
      errorRate: 0,
      lastError: undefined,
    });
  });

  it.each(["BACKEND_UNAVAILABLE", "BACKEND_TIMEOUT", "BACKEND_FULL"] as const)(
    "answers what may be degraded from memory on %s, and passes the error on for all else",
    async (code) => {
      store.behaviour = code;
      expect(await backend.set("key", "value", local)).toBe(true);
      expect(await backend.get("key", local)).toBe("value");
      expect(await codeOf(backend.get("key"))).toBe(code);
      expect(backend.mode).toBe("primary");
      expect(store.asked).toEqual(["set", "get", "get"]);
    },
  );

  it.each(["BACKEND_REJECTED", "BACKEND_REPLY_INVALID", "BACKEND_CLOSED"] as const)(
    "takes %s for no outage: it is passed on whatever may be degraded, and doesn't count",
    async (code) => {
      store.behaviour = code;
      for (let count = 0; count < 20; count += 1) expect(await codeOf(backend.get("key", local))).toBe(code);
      expect(backend.mode).toBe("primary");
      expect(backend.health()).toMatchObject({ failures: 0, calls: 0 });
    },
  );

  it("doesn't count a caller's mistakes and aborts", async () => {
    const reason = new Error("the caller went away");
    for (let count = 0; count < 20; count += 1) {
      await expect(backend.get("", local)).rejects.toThrow(ConfigurationError);
      await expect(backend.get("key", { signal: AbortSignal.abort(reason), ...local })).rejects.toBe(reason);
    }
    expect(backend.health()).toMatchObject({ mode: "primary", failures: 0, calls: 0 });
  });

  it("takes a full memory for no outage: there is nothing to go to", async () => {
    const full = withFallback(createMemoryBackend({ maxBytes: 1_000 }));
    for (let count = 0; count < 6; count += 1) {
      expect(await codeOf(full.set("key", "x".repeat(1_000), local))).toBe("BACKEND_FULL");
    }
    expect(full.mode).toBe("primary");
    await full.close();
  });

  it("trips at the fifth failure in a row; then nobody waits for the store", async () => {
    await trip();
    store.behaviour = "silent";
    const before = store.asked.length;
    await backend.set("key", "local", local);
    expect(await backend.get("key", local)).toBe("local");
    await expect(backend.get("key")).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      operation: "get",
      outcome: "not-applied",
      retryable: true,
    });
    expect(store.asked.length).toBe(before);
    expect(events).toMatchObject([{ type: "backend.degraded", reason: "consecutive-failures", operation: "get" }]);
    expect(backend.health()).toMatchObject({
      mode: "local",
      failures: 5,
      errorRate: 1,
      lastError: { code: "BACKEND_UNAVAILABLE", operation: "get" },
    });
  });

  it("trips on the error rate, with a warning before", async () => {
    let errors = 0;
    for (let count = 1; backend.mode === "primary"; count += 1) {
      store.behaviour = count % 90 === 0 ? "BACKEND_TIMEOUT" : "well";
      errors += (await codeOf(backend.get("key"))) === "fulfilled" ? 0 : 1;
    }
    expect(errors).toBe(5);
    expect(events).toMatchObject([
      { type: "backend.error-rate", calls: 450, errors: 5 },
      { type: "backend.degraded", reason: "error-rate", code: "BACKEND_TIMEOUT" },
    ]);
  });

  it("says nothing of how a call ends that began before the trip or the return", async () => {
    const late: ((error: unknown) => void)[] = [];
    store.instead = () => new Promise((_, reject) => late.push(reject));
    const waiting = Array.from({ length: 20 }, () => codeOf(backend.get("key", { timeoutMs: 60_000 })));
    store.instead = undefined;
    await trip();
    for (const reject of late.splice(0, 10)) reject(failure("BACKEND_UNAVAILABLE", "get"));
    await recover();
    for (const reject of late) reject(failure("BACKEND_UNAVAILABLE", "get"));
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(["BACKEND_UNAVAILABLE"]));
    expect(backend.health()).toMatchObject({ mode: "primary", failures: 0, calls: 0 });
  });

  it("ends an operation by its deadline, whatever the primary does", async () => {
    store.behaviour = "silent";
    const ended: string[] = [];
    const note = (name: string, call: Promise<unknown>) =>
      call.catch((error: { code: string; outcome: string }) => ended.push(`${name} ${error.code} ${error.outcome}`));
    note("short", backend.get("key", { timeoutMs: 100 }));
    note("own", backend.set("key", "value"));
    note("large", backend.set("key", "x".repeat(1024 * 1024)));
    await vi.advanceTimersByTimeAsync(99);
    expect(ended).toEqual([]);
    await vi.advanceTimersByTimeAsync(51);
    expect(ended).toEqual(["short BACKEND_TIMEOUT not-applied"]);
    await vi.advanceTimersByTimeAsync(1_900);
    expect(ended.slice(1)).toEqual(["own BACKEND_TIMEOUT unknown"]);
    await vi.advanceTimersByTimeAsync(1_024);
    expect(ended.slice(2)).toEqual(["large BACKEND_TIMEOUT unknown"]);
  });

  it("lets a backend end its calls by itself: what comes a moment after the deadline is taken", async () => {
    store.instead = () => new Promise((resolve) => setTimeout(resolve, 124, "late"));
    const call = backend.get("key", { timeoutMs: 100 });
    await vi.advanceTimersByTimeAsync(124);
    expect(await call).toBe("late");
  });

  it("needs one timer for all calls, and none for what is answered", async () => {
    store.behaviour = "silent";
    const calls = Array.from({ length: 1_000 }, () => codeOf(backend.get("key")));
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(2_025);
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["BACKEND_TIMEOUT"]));
  });

  it("never sends to the primary again what may have been applied", async () => {
    const step = defineScript<null, number>({
      ...{ name: "step", keys: ["key"], args: () => [], reply: Number, lua: "return 1" },
      memory: () => 1,
    });
    store.behaviour = "silent";
    const degraded = backend.run(step, ["key"], null, local);
    await vi.advanceTimersByTimeAsync(2_050);
    expect(await degraded).toBe(1);
    expect(store.asked).toEqual(["run"]);
  });

  it("tells of slow operations, at most once a second", async () => {
    const slow = async () => {
      store.instead = () => new Promise((resolve) => setTimeout(resolve, 150, null));
      const call = backend.get("key-of-a-tenant");
      await vi.advanceTimersByTimeAsync(150);
      await call;
    };
    for (let count = 0; count < 8; count += 1) await slow();
    expect(events).toMatchObject([
      { type: "backend.slow", operation: "get", durationMs: 150, untold: 0 },
      { type: "backend.slow", operation: "get", durationMs: 150, untold: 6 },
    ]);
    expect(backend.health().latencyMs).toBe(150);
    expect(JSON.stringify(events)).not.toContain("tenant");
  });

  it("keeps an observer's trouble to itself", async () => {
    const other = withFallback(store, {
      observer: () => {
        throw new Error("observer");
      },
    });
    store.behaviour = "BACKEND_UNAVAILABLE";
    for (let count = 0; count < 5; count += 1) await codeOf(other.get("key"));
    expect(other.mode).toBe("local");
    await other.close();
  });

  it("names the option that can't be used", () => {
    const create = (options: object) => () => withFallback(store, options);
    expect(create({ fallback: createMemoryBackend() })).toThrow("fallback: must be a function");
    expect(create({ observer: "console" })).toThrow("observer: must be a function");
    expect(create({ slowMs: 0 })).toThrow("slowMs: ");
    expect(create({ timeoutMs: Number.NaN })).toThrow("timeoutMs: ");
  });
});

describe("timeouts that may be the call's own fault", () => {
  const large = "x".repeat(20 * 1024);

  it("don't count while a ping is answered: large operations, and those with a deadline of the caller's", async () => {
    store.behaviour = "answers-pings";
    for (let count = 0; count < 20; count += 1) {
      void codeOf(backend.set("key", large));
      void codeOf(backend.get("key", { timeoutMs: 1 }));
      void codeOf(backend.get("key", { timeoutMs: 5_000 }));
    }
    await vi.advanceTimersByTimeAsync(6_000);
    expect(backend.health()).toMatchObject({ mode: "primary", failures: 0 });
  });

  it("count, each of them, once a ping fails too", async () => {
    store.behaviour = "silent";
    for (let count = 0; count < 4; count += 1) void codeOf(backend.set("key", large));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(backend.health()).toMatchObject({ mode: "primary", failures: 4 });
    void codeOf(backend.set("key", large));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(backend.mode).toBe("local");
    expect(store.asked.filter((member) => member === "ping").length).toBeLessThanOrEqual(3);
  });

  it("count at once where the operation is small and has no deadline of its own", async () => {
    store.behaviour = "answers-pings";
    for (let count = 0; count < 5; count += 1) void codeOf(backend.set("key", "x".repeat(16 * 1024 - 4)));
    await vi.advanceTimersByTimeAsync(2_100);
    expect(backend.mode).toBe("local");
  });
});

describe("probes", () => {
  it("come after 1 to 2 s, then twice as late each, up to 15 to 30 s", async () => {
    for (const [chance, first, last] of [
      [0, 1_000, 15_000],
      [1 - 2 ** -53, 2_000, 30_000],
    ] as const) {
      vi.mocked(Math.random).mockReturnValue(chance);
      await trip();
      const times: number[] = [];
      const start = performance.now();
      store.instead = (member) => {
        if (member === "ping") times.push(performance.now() - start);
        return undefined;
      };
      await vi.advanceTimersByTimeAsync(200_000);
      const gaps = times.map((time, index) => Math.round(time - (times[index - 1] ?? 0)));
      expect([gaps[0], gaps[1], gaps.at(-1)]).toEqual([first, 2 * first, last]);
      store.instead = undefined;
      await recover();
    }
  });

  it("bring the store back after five successes in a row, which write", async () => {
    await trip();
    store.behaviour = "well";
    await vi.advanceTimersByTimeAsync(4 * 1_500);
    expect(backend.mode).toBe("local");
    store.behaviour = "BACKEND_TIMEOUT";
    await vi.advanceTimersByTimeAsync(1_500);
    store.behaviour = "well";
    await vi.advanceTimersByTimeAsync(3_000 + 3 * 1_500);
    expect(backend.mode).toBe("local");
    await vi.advanceTimersByTimeAsync(1_500);
    expect(backend.mode).toBe("primary");
    expect(events.map(({ type }) => type)).toEqual(["backend.degraded", "backend.recovered"]);
    expect(store.asked.filter((member) => member === "set")).toHaveLength(9);
  });

  it("come one at a time, however long one takes", async () => {
    await trip();
    store.behaviour = "silent";
    store.asked.length = 0;
    await vi.advanceTimersByTimeAsync(3_000);
    for (let count = 0; count < 50; count += 1) await backend.get("key", local);
    expect(store.asked).toEqual(["ping"]);
  });

  it("begin with an operation where the timer is lost, which doesn't wait for them", async () => {
    const setTimer = vi.spyOn(globalThis, "setTimeout").mockImplementation(() => 0 as never);
    await trip();
    store.behaviour = "well";
    store.asked.length = 0;
    for (let count = 0; count < 5; count += 1) {
      vi.advanceTimersByTime(1_500);
      await backend.get("key", local);
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(backend.mode).toBe("primary");
    setTimer.mockRestore();
  });

  it("don't bring back a store that refuses writes; what can't be degraded may try it", async () => {
    await store.set("key", "shared");
    store.behaviour = "read-only";
    for (let count = 0; count < 5; count += 1) await codeOf(backend.set("key", "value"));
    expect(await codeOf(backend.get("key"))).toBe("BACKEND_UNAVAILABLE");
    await vi.advanceTimersByTimeAsync(120_000);
    expect(backend.mode).toBe("local");
    expect(await backend.get("key")).toBe("shared");
    expect(await backend.get("key", local)).toBeNull();
  });

  it("are what decides again once five that tried have failed", async () => {
    await trip();
    store.behaviour = "read-only";
    await vi.advanceTimersByTimeAsync(1_500);
    store.behaviour = "BACKEND_TIMEOUT";
    for (let count = 0; count < 5; count += 1) expect(await codeOf(backend.get("key"))).toBe("BACKEND_TIMEOUT");
    expect(await codeOf(backend.get("key"))).toBe("BACKEND_UNAVAILABLE");
  });

  it("take a refusal of the probe itself for an answer", async () => {
    await trip();
    store.behaviour = "BACKEND_REJECTED";
    await vi.advanceTimersByTimeAsync(5 * 1_500);
    expect(backend.mode).toBe("primary");
  });
});

describe("recovery hooks", () => {
  it("get what was written to memory, which is dropped after them; the store is in use again by then", async () => {
    const seen: unknown[] = [];
    let handed: KeyValueBackend | undefined;
    backend.onRecovery(async ({ local: memory, outageMs }) => {
      handed = memory;
      seen.push(backend.mode, await memory.get("key"), outageMs);
    });
    await trip();
    await backend.set("key", "local", local);
    await recover();
    expect(seen).toEqual(["primary", "local", 7_500]);
    expect(await codeOf(handed?.get("key") ?? Promise.resolve())).toBe("BACKEND_CLOSED");
    await trip();
    expect(await backend.get("key", local)).toBeNull();
  });

  it("that fail or never end are told of and stop nothing", async () => {
    const seen: string[] = [];
    backend.onRecovery(() => {
      throw new TypeError("about the value of a tenant");
    });
    backend.onRecovery(() => Promise.reject(new ConfigurationError("field", "problem")));
    backend.onRecovery(() => new Promise(() => {}));
    backend.onRecovery(() => void seen.push("ran"));
    const remove = backend.onRecovery(() => void seen.push("removed"));
    remove();
    await trip();
    await recover();
    expect(seen).toEqual(["ran"]);
    expect(events.slice(2).map((event) => "error" in event && event.error)).toEqual([
      "TypeError",
      "CONFIGURATION_INVALID",
      "timeout",
    ]);
    expect(JSON.stringify(events)).not.toContain("tenant");
  });
});

describe("memory between outages", () => {
  it("keeps what single failures leave behind for thirty seconds, an outage as long as it lasts", async () => {
    store.behaviour = "BACKEND_UNAVAILABLE";
    await backend.set("key", "local", local);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await backend.get("key", local)).toBe("local");
    await vi.advanceTimersByTimeAsync(30_001);
    expect(await backend.get("key", local)).toBeNull();
  });

  it("begins anew with an outage, however long ago a single failure was, and lasts as long as it does", async () => {
    store.behaviour = "BACKEND_UNAVAILABLE";
    await backend.set("key", "stale", local);
    await vi.advanceTimersByTimeAsync(60_000);
    await trip();
    expect(await backend.get("key", local)).toBeNull();
    await backend.set("key", "local", local);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(await backend.get("key", local)).toBe("local");
  });
});

describe("closing", () => {
  it("closes the primary and ends what it leaves pending", async () => {
    store.behaviour = "silent";
    const pending = codeOf(backend.get("key", local));
    const closing = backend.close();
    expect(await codeOf(backend.get("key", local))).toBe("BACKEND_CLOSED");
    await closing;
    expect(await pending).toBe("BACKEND_CLOSED");
    store.behaviour = "well";
    expect(await codeOf(store.get("key"))).toBe("BACKEND_CLOSED");
    expect(backend.mode).toBe("closed");
    expect(backend.health()).toMatchObject({ mode: "closed", since: Date.now() });
  });
});
