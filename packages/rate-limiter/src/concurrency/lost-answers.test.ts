import { BackendError, createMemoryBackend } from "@keyward/core";
import { createGate, type FaultPlan, faultyBackend } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createConcurrencyLimiter } from "./concurrency-limiter.ts";
import type { ConcurrencyEvent } from "./events.ts";
import { takeSlotNow } from "./fixtures/take-slot-now.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A limiter whose calls meet faults, and another on the same store whose don't. */
function createPair(plan: FaultPlan) {
  const store = createMemoryBackend();
  const events: ConcurrencyEvent[] = [];
  const faulty = faultyBackend(store, plan);
  return {
    limiter: createConcurrencyLimiter({ limit: 1, backend: faulty, observer: (event) => events.push(event) }),
    sound: createConcurrencyLimiter({ limit: 1, backend: store }),
    calls: faulty.calls,
    events,
  };
}

const first = (plan: NonNullable<ReturnType<FaultPlan>>, operation = "run:take-slot"): FaultPlan => {
  return (call) => (call.operation === operation && call.count === 1 ? plan : undefined);
};

describe("asking for a slot", () => {
  it("takes no second slot when it asks again after a lost answer", async () => {
    const { limiter, sound } = createPair(first({ kind: "fail-after" }));
    const slot = await takeSlotNow(limiter, "a");
    expect(await sound.peek("a")).toMatchObject({ held: 1 });
    await slot.release();
    expect(await sound.peek("a")).toMatchObject({ held: 0 });
  });

  it("fails with the store's error, and gives back at once what may have been taken", async () => {
    const { limiter, sound, events } = createPair(first({ kind: "time-out", applied: true }));
    await expect(limiter.acquire("a")).rejects.toThrow(BackendError);
    await vi.advanceTimersByTimeAsync(0);
    expect(await sound.peek("a")).toEqual({ limit: 1, held: 0, waiting: 0 });
    expect(events).toEqual([
      { type: "concurrency.store-failed", limiter: "default", code: "BACKEND_TIMEOUT", operation: "run:take-slot" },
    ]);
  });

  it("leaks no slot for longer than its lease if it can't be given back either", async () => {
    const { limiter, sound } = createPair(({ operation }) => ({
      kind: "time-out",
      applied: operation === "run:take-slot",
    }));
    await expect(limiter.acquire("a")).rejects.toThrow(BackendError);
    expect(await sound.peek("a")).toMatchObject({ held: 1 });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await sound.peek("a")).toMatchObject({ held: 0 });
  });

  it("sends nothing more once it is certain that nothing was applied", async () => {
    const { limiter, calls } = createPair(first({ kind: "fail-before" }));
    await expect(limiter.acquire("a")).rejects.toMatchObject({ outcome: "not-applied" });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(calls).toHaveLength(1);
  });
});

describe("an attempt that waits", () => {
  it("stays in its place when a question fails", async () => {
    const { limiter, sound } = createPair(({ count }) => (count === 2 ? { kind: "fail-before" } : undefined));
    const slot = await takeSlotNow(sound, "a");
    const waiting = limiter.acquire("a");
    await vi.advanceTimersByTimeAsync(10_000);
    await slot.release();
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await waiting).acquired).toBe(true);
  });

  it("fails with the store's error before its place is lost", async () => {
    let isAway = false;
    const { limiter, sound } = createPair(() => (isAway ? { kind: "fail-before" } : undefined));
    await takeSlotNow(sound, "a");
    const waiting = limiter.acquire("a", { maxWait: "1h" });
    waiting.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(10_000);
    isAway = true;
    await vi.advanceTimersByTimeAsync(5_000);
    await expect(waiting).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
    expect(await sound.peek("a")).toMatchObject({ waiting: 0 });
  });

  it("fails at once when its backend is closed", async () => {
    const backend = createMemoryBackend();
    const limiter = createConcurrencyLimiter({ limit: 1, backend });
    await takeSlotNow(limiter, "a");
    const waiting = limiter.acquire("a", { maxWait: "1h" });
    waiting.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(10_000);
    await backend.close();
    await vi.advanceTimersByTimeAsync(2_000);
    await expect(waiting).rejects.toMatchObject({ code: "BACKEND_CLOSED" });
  });

  it("leaves the queue as soon as it is aborted, and calls the next", async () => {
    const { limiter, sound } = createPair(() => undefined);
    const slot = await takeSlotNow(sound, "a");
    const caller = new AbortController();
    const waiting = limiter.acquire("a", { signal: caller.signal });
    const next = sound.acquire("a");
    await vi.advanceTimersByTimeAsync(0);
    expect(await sound.peek("a")).toMatchObject({ waiting: 2 });
    caller.abort(new RangeError("enough"));
    await expect(waiting).rejects.toThrow("enough");
    await vi.advanceTimersByTimeAsync(0);
    expect(await sound.peek("a")).toMatchObject({ waiting: 1 });
    await slot.release();
    await vi.advanceTimersByTimeAsync(0);
    expect((await next).acquired).toBe(true);
  });

  it("releases the slot that it gets after it was aborted", async () => {
    const gate = createGate();
    const { limiter, sound } = createPair(first({ kind: "hold", until: gate.opened }));
    const caller = new AbortController();
    const asking = limiter.acquire("a", { signal: caller.signal });
    await vi.advanceTimersByTimeAsync(0);
    caller.abort(new RangeError("enough"));
    await expect(asking).rejects.toThrow("enough");
    gate.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(await sound.peek("a")).toEqual({ limit: 1, held: 0, waiting: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("asks for nothing when it is aborted beforehand", async () => {
    const { limiter, calls } = createPair(() => undefined);
    await expect(limiter.acquire("a", { signal: AbortSignal.abort(new RangeError("no")) })).rejects.toThrow("no");
    expect(calls).toEqual([]);
  });
});

describe("the caller's signal", () => {
  it("is left without a listener, however the call ends", async () => {
    const plan: FaultPlan = ({ operation, count }) =>
      operation === "run:take-slot" && count === 3 ? { kind: "fail-before" } : undefined;
    const { limiter } = createPair(plan);
    const { signal } = new AbortController();
    const [added, removed] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
    await limiter.run("a", async () => {
      await limiter.acquire("a", { signal, maxWait: 0 });
      await expect(limiter.acquire("a", { signal, maxWait: 0 })).rejects.toThrow(BackendError);
    });
    await limiter.run("a", () => 1, { signal });
    expect(added.mock.calls.length).toBeGreaterThan(6);
    const listenersOf = (calls: readonly (readonly unknown[])[]) => new Set(calls.map(([, listener]) => listener));
    expect(listenersOf(removed.mock.calls)).toEqual(listenersOf(added.mock.calls));
  });
});

describe("a key that something else wrote to", () => {
  it("is left untouched, with an error that names no key", async () => {
    const backend = createMemoryBackend();
    const run = vi.spyOn(backend, "run");
    const limiter = createConcurrencyLimiter({ limit: 1, backend });
    await takeSlotNow(limiter, "user-7");
    const [name = ""] = run.mock.calls[0]?.[1] ?? [];
    expect(name).not.toContain("user-7");
    await backend.set(name, "2 something newer");
    const error: unknown = await limiter.acquire("user-7").catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "BACKEND_REPLY_INVALID", outcome: "not-applied" });
    expect(String(error)).not.toContain("user-7");
    expect(await backend.get(name)).toBe("2 something newer");
  });
});
