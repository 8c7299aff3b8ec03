import { createMemoryBackend } from "@keyward/core";
import { createGate, faultyBackend } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createConcurrencyLimiter } from "./concurrency-limiter.ts";
import type { ConcurrencyEvent } from "./events.ts";
import { takeSlotNow } from "./fixtures/take-slot-now.ts";
import { SlotLostError } from "./slot-lost-error.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** One limiter whose store can be taken away, and another that always has it. */
function createPair() {
  const store = createMemoryBackend();
  let isAway = false;
  const faulty = faultyBackend(store, () => (isAway ? { kind: "fail-before" } : undefined));
  const events: ConcurrencyEvent[] = [];
  return {
    limiter: createConcurrencyLimiter({ limit: 1, backend: faulty, observer: (event) => events.push(event) }),
    other: createConcurrencyLimiter({ limit: 1, backend: store }),
    calls: faulty.calls,
    events,
    setAway(value: boolean) {
      isAway = value;
    },
  };
}

describe("a slot that is held", () => {
  it("is renewed at each third of its lease, for as long as it is held", async () => {
    const { limiter, other, calls } = createPair();
    const slot = await takeSlotNow(limiter, "a");
    await vi.advanceTimersByTimeAsync(9_999);
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(calls).toHaveLength(62);
    expect((await other.acquire("a", { maxWait: 0 })).acquired).toBe(false);
    await slot.release();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(63);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("aborts a second before the store gives it to another, if it can't be renewed", async () => {
    const { limiter, other, setAway, events } = createPair();
    const slot = await takeSlotNow(limiter, "a");
    setAway(true);
    await vi.advanceTimersByTimeAsync(28_999);
    expect(slot.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(slot.signal.aborted).toBe(true);
    expect(SlotLostError.is(slot.signal.reason)).toBe(true);
    expect(events).toContainEqual({ type: "concurrency.lost", limiter: "default", heldMs: 29_000 });
    await vi.advanceTimersByTimeAsync(999);
    expect((await other.acquire("a", { maxWait: 0 })).acquired).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect((await other.acquire("a", { maxWait: 0 })).acquired).toBe(true);
  });

  it("goes on if a renewal fails and a later one is in time", async () => {
    const { limiter, setAway, events } = createPair();
    const slot = await takeSlotNow(limiter, "a");
    setAway(true);
    await vi.advanceTimersByTimeAsync(25_000);
    setAway(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(slot.signal.aborted).toBe(false);
    expect(events.map(({ type }) => type)).toContain("concurrency.store-failed");
  });

  it("isn't saved by a renewal that is answered too late", async () => {
    const gate = createGate();
    const store = createMemoryBackend();
    const backend = faultyBackend(store, ({ count }) => (count > 1 ? { kind: "hold", until: gate.opened } : undefined));
    const slot = await takeSlotNow(createConcurrencyLimiter({ limit: 1, backend }), "a");
    await vi.advanceTimersByTimeAsync(29_000);
    expect(slot.signal.aborted).toBe(true);
    gate.open();
    await vi.advanceTimersByTimeAsync(0);
    await slot.release();
    expect(await createConcurrencyLimiter({ limit: 1, backend: store }).peek("a")).toMatchObject({ held: 0 });
  });

  it("isn't taken again by a renewal that is under way when it is released", async () => {
    const gate = createGate();
    const store = createMemoryBackend();
    const plan = ({ operation, count }: { operation: string; count: number }) =>
      operation === "run:take-slot" && count > 1 ? ({ kind: "hold", until: gate.opened } as const) : undefined;
    const slot = await takeSlotNow(createConcurrencyLimiter({ limit: 1, backend: faultyBackend(store, plan) }), "a");
    await vi.advanceTimersByTimeAsync(10_000);
    const released = slot.release();
    await vi.advanceTimersByTimeAsync(0);
    gate.open();
    expect(await released).toBe(true);
    expect(await createConcurrencyLimiter({ limit: 1, backend: store }).peek("a")).toMatchObject({ held: 0 });
  });

  it("is lost at once when another has taken it, and releasing it then takes nothing from the other", async () => {
    const backend = createMemoryBackend();
    const [limiter, other] = [0, 1].map(() => createConcurrencyLimiter({ limit: 1, backend }));
    const slot = await takeSlotNow(limiter!, "a");
    // This process stood still for longer than the lease.
    vi.setSystemTime(Date.now() + 30_000);
    await takeSlotNow(other!, "a");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(slot.signal.aborted).toBe(true);
    expect(await slot.release()).toBe(false);
    expect(await other!.peek("a")).toMatchObject({ held: 1 });
  });

  it("comes back on a store that has lost its data, while there is room", async () => {
    const backend = createMemoryBackend();
    const run = vi.spyOn(backend, "run");
    const limiter = createConcurrencyLimiter({ limit: 2, backend });
    const slots = [await takeSlotNow(limiter, "a"), await takeSlotNow(limiter, "a")];
    await vi.advanceTimersByTimeAsync(9_000);
    await backend.delete(run.mock.calls.flatMap(([, keys]) => keys));
    await takeSlotNow(limiter, "a");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(slots.map(({ signal }) => signal.aborted)).toEqual([false, true]);
    expect(await limiter.peek("a")).toMatchObject({ held: 2 });
  });
});

describe("a slot whose release doesn't reach the store", () => {
  it("is released as soon as the store is back", async () => {
    const { limiter, other, setAway } = createPair();
    const slot = await takeSlotNow(limiter, "a");
    setAway(true);
    expect(await slot.release()).toBe(false);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await other.peek("a")).toMatchObject({ held: 1 });
    setAway(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await other.peek("a")).toMatchObject({ held: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends with its lease", async () => {
    const { limiter, other, setAway } = createPair();
    const slot = await takeSlotNow(limiter, "a");
    setAway(true);
    await slot.release();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await other.peek("a")).toMatchObject({ held: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });
});
