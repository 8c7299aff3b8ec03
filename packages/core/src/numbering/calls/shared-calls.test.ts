import { createGate, type FaultPlan, faultyBackend } from "@keyward/test-kit";
import { describe, expect, it, vi } from "vitest";
import { createMemoryBackend } from "../../memory/memory-backend.ts";
import { generationA, tamper } from "../fixtures/tamper.ts";
import { createMappingStore } from "../mapping-store.ts";
import { longestHoldMs } from "./shared-calls.ts";

const hosts = (...values: string[]) => values.map((value) => ({ type: "HOST", value, ids: [value] }));
const many = (prefix: string, count: number) => hosts(...Array.from({ length: count }, (_, n) => `${prefix}${n}`));
const numbersOf = ({ assigned }: { assigned: readonly { number: number }[] }) => assigned.map(({ number }) => number);
const oneTo = (last: number) => Array.from({ length: last }, (_, place) => place + 1);

function open(plan: FaultPlan = () => undefined) {
  const backend = faultyBackend(createMemoryBackend(), plan);
  const store = createMappingStore({ backend, scope: "s" });
  return { store, calls: () => backend.calls.filter(({ operation }) => operation.startsWith("run:")).length };
}

/** Holds the first call until the gate opens, so that others collect behind it. */
function openHeld(then: FaultPlan = () => undefined) {
  const gate = createGate();
  const held = open((call) => (call.count === 1 ? { kind: "hold", until: gate.opened } : then(call)));
  return { ...held, release: () => gate.open() };
}

/** Long enough for calls to be queued, since ids and checks need no timers. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("a call", () => {
  it("takes one script call for up to a thousand entries, new or known", async () => {
    const { store, calls } = open();
    await store.assign(many("a", 1_000));
    expect(calls()).toBe(1);
    await store.assign(many("a", 1_000));
    expect(calls()).toBe(2);
  });

  it("is cut into batches of a thousand entries, and answered in order", async () => {
    const { store, calls } = open();
    expect(numbersOf(await store.assign(many("a", 2_500)))).toEqual(oneTo(2_500));
    expect(calls()).toBe(3);
    const { values } = await store.resolve(oneTo(2_500).map((number) => ({ type: "HOST", number })));
    expect(values).toEqual(many("a", 2_500).map(({ value }) => value));
    expect(calls()).toBe(6);
    const { forgotten } = await store.forget({ entries: many("a", 2_500) });
    expect(forgotten).toBe(2_500);
    expect(calls()).toBe(9);
  });

  it("is cut into batches of 256 KiB", async () => {
    const { store, calls } = open();
    const big = ["a", "b", "c", "d", "e"].map((id) => ({ type: "HOST", value: "값".repeat(40_000), ids: [id] }));
    expect(numbersOf(await store.assign(big))).toEqual(oneTo(5));
    expect(calls()).toBe(3);
  });

  it("sends an entry only once if it brings it twice", async () => {
    const { store, calls } = open();
    const { assigned } = await store.assign([...many("a", 1_000), ...many("a", 1_000)]);
    expect(calls()).toBe(1);
    expect(assigned[1_000]).toEqual({ number: 1, isNew: false });
  });
});

describe("calls that are under way together", () => {
  it("share the next script call while one is running", async () => {
    const { store, calls, release } = openHeld();
    const first = store.assign(hosts("a"));
    await settled();
    const others = ["b", "c", "b", "a"].map((value) => store.assign(hosts(value)));
    await settled();
    expect(calls()).toBe(1);
    release();
    expect(numbersOf(await first)).toEqual([1]);
    expect((await Promise.all(others)).map(({ assigned }) => assigned[0])).toEqual([
      { number: 2, isNew: true },
      { number: 3, isNew: true },
      { number: 2, isNew: false },
      { number: 1, isNew: false },
    ]);
    expect(calls()).toBe(2);
  });

  it("aren't split if they fit into a script call, nor held up by one that takes many", async () => {
    const { store, calls, release } = openHeld();
    const large = store.assign(many("large", 3_000));
    await settled();
    const small = store.assign(many("small", 600));
    await settled();
    const next = store.assign(many("next", 600));
    await settled();
    release();
    expect(numbersOf(await small)).toEqual(oneTo(600).map((place) => 1_000 + place));
    expect(calls()).toBeLessThanOrEqual(3);
    expect(new Set(numbersOf(await next)).size).toBe(600);
    expect(new Set(numbersOf(await large)).size).toBe(3_000);
    expect(await store.highest()).toEqual(new Map([["HOST", 4_200]]));
  });

  it("continue when one of them is aborted", async () => {
    const { store, release } = openHeld();
    const controller = new AbortController();
    const first = store.assign(hosts("a"), { signal: controller.signal });
    const queued = store.assign(hosts("b"), { signal: controller.signal });
    const other = store.assign(hosts("c"));
    await settled();
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    await expect(queued).rejects.toBe(reason);
    release();
    await other;
    expect([...(await store.highest()).values()][0]).toBeLessThanOrEqual(2);
    expect((await store.assign(hosts("c"))).assigned[0]?.isNew).toBe(false);
  });

  it("continue when one of them is refused", async () => {
    const { store, release } = openHeld();
    const first = store.assign(hosts("a"));
    await settled();
    const bad = store.assign([{ type: "bad type", value: "v" }]);
    const good = store.assign(hosts("b"));
    await expect(bad).rejects.toMatchObject({ code: "CONFIGURATION_INVALID" });
    release();
    expect(numbersOf(await first)).toEqual([1]);
    expect(numbersOf(await good)).toEqual([2]);
  });

  it("continue when the store's record for one of them is corrupt", async () => {
    const inner = createMemoryBackend();
    const gate = createGate();
    let holding = false;
    const backend = faultyBackend(inner, () => (holding ? { kind: "hold", until: gate.opened } : undefined));
    const store = createMappingStore({ backend, scope: "s" });
    await store.assign(hosts("bad"));
    await tamper(inner, generationA, (keys) => keys.hashSet(generationA, "fHOST:0:bad", "nonsense"));
    holding = true;
    const first = store.assign(hosts("a"));
    await settled();
    const bad = store.assign(hosts("bad"));
    const good = store.assign(hosts("b"));
    await settled();
    gate.open();
    expect(numbersOf(await first)).toEqual([2]);
    await expect(bad).rejects.toMatchObject({ code: "MAPPING_CORRUPT" });
    expect(numbersOf(await good)).toEqual([3]);
  });

  it("each fail by their own deadline", async () => {
    const { store, release } = openHeld();
    const first = store.assign(hosts("a"));
    await settled();
    const hasty = store.assign(hosts("b"), { timeoutMs: 1 });
    await expect(hasty).rejects.toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "not-applied" });
    release();
    expect(numbersOf(await first)).toEqual([1]);
    expect(numbersOf(await store.assign(hosts("b")))).toEqual([2]);
  });

  it("don't affect a later call when their script call fails", async () => {
    const { store, release } = openHeld(({ count }) => (count <= 2 ? { kind: "fail-before" } : undefined));
    const first = store.assign(hosts("a"));
    await settled();
    const second = store.assign(hosts("b"));
    await settled();
    release();
    await first;
    await expect(second).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
    expect(numbersOf(await store.assign(hosts("c")))).toEqual([2]);
  });
});

describe("a call that the backend never ends, in spite of its deadline and signal", () => {
  const never = new Promise<void>(() => undefined);
  const hangingAt = (place: number): FaultPlan => {
    return ({ count }) => (count === place ? { kind: "hold", until: never } : undefined);
  };

  it("fails at its own deadline and holds up nobody after it", async () => {
    const { store, calls } = open(hangingAt(1));
    const first = store.assign(hosts("a"), { timeoutMs: 20 });
    await settled();
    const waiting = store.assign(hosts("b"));
    await expect(first).rejects.toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "unknown" });
    expect(numbersOf(await waiting)).toEqual([1]);
    expect(numbersOf(await store.assign(hosts("c", "a")))).toEqual([2, 3]);
    expect(calls()).toBe(3);
  });

  it("ends with its signal and holds up nobody after it", async () => {
    const { store } = open(hangingAt(1));
    const controller = new AbortController();
    const first = store.assign(hosts("a"), { signal: controller.signal });
    await settled();
    const waiting = store.assign(hosts("b"));
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    expect(numbersOf(await waiting)).toEqual([1]);
  });

  it("holds up the others for ten seconds if it has no deadline, and is answered if it ends after all", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    try {
      const { store, calls, release } = openHeld();
      const first = store.assign(hosts("a"));
      await settled();
      const waiting = store.assign(hosts("b"));
      await vi.advanceTimersByTimeAsync(longestHoldMs - 1);
      await settled();
      expect(calls()).toBe(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(numbersOf(await waiting)).toEqual([1]);
      release();
      expect(numbersOf(await first)).toEqual([2]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("isn't sent for callers who gave up while the other callers of the same call were served one by one", async () => {
    const inner = createMemoryBackend();
    const gate = createGate();
    const hanging = createGate();
    const backend = faultyBackend(inner, ({ operation, count }) => {
      if (operation !== "run:assign") return undefined;
      if (count === 2) return { kind: "hold", until: gate.opened };
      if (count === 5) hanging.open();
      return count === 5 ? { kind: "hold", until: never } : undefined;
    });
    const store = createMappingStore({ backend, scope: "s" });
    await store.assign(hosts("bad"));
    await tamper(inner, generationA, (keys) => keys.hashSet(generationA, "fHOST:0:bad", "nonsense"));
    const controller = new AbortController();
    const first = store.assign(hosts("a"));
    await settled();
    const bad = store.assign(hosts("bad"));
    const leaving = ["b", "c"].map((value) => store.assign(hosts(value), { signal: controller.signal }));
    await settled();
    gate.open();
    await first;
    await expect(bad).rejects.toMatchObject({ code: "MAPPING_CORRUPT" });
    await hanging.opened; // the first of the two, alone
    controller.abort(new Error("enough"));
    for (const call of leaving) await expect(call).rejects.toThrow("enough");
    expect(numbersOf(await store.assign(hosts("d")))).toEqual([3]);
    expect(backend.calls.filter(({ operation }) => operation === "run:assign")).toHaveLength(6);
  });
});

describe("a call with an unknown outcome", () => {
  it("is repeated and returns the same numbers", async () => {
    const { store, calls } = open(({ count }) => (count <= 2 ? { kind: "fail-after" } : undefined));
    expect(numbersOf(await store.assign(hosts("a", "b")))).toEqual([1, 2]);
    expect(calls()).toBe(3);
  });

  it("fails after two repeats", async () => {
    const { store, calls } = open(() => ({ kind: "fail-after" }));
    await expect(store.assign(hosts("a"))).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "unknown" });
    expect(calls()).toBe(3);
  });

  it("isn't repeated after a timeout, but the caller may repeat it", async () => {
    const { store, calls } = open(({ count }) => (count === 1 ? { kind: "time-out", applied: true } : undefined));
    await expect(store.assign(hosts("a"))).rejects.toMatchObject({ code: "BACKEND_TIMEOUT" });
    expect(calls()).toBe(1);
    expect((await store.assign(hosts("a", "b"))).assigned).toEqual([
      { number: 1, isNew: false },
      { number: 2, isNew: true },
    ]);
  });

  it("returns nothing when a later batch fails, and finishes when the caller repeats it", async () => {
    const { store } = open(({ count }) => (count === 2 ? { kind: "fail-before" } : undefined));
    await expect(store.assign(many("a", 1_500))).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
    expect(numbersOf(await store.assign(many("a", 1_500)))).toEqual(oneTo(1_500));
  });

  it("isn't repeated if nothing was applied, since the backend has tried for as long as it may", async () => {
    const { store, calls } = open(({ count }) => (count === 1 ? { kind: "fail-before" } : undefined));
    await expect(store.assign(hosts("a"))).rejects.toMatchObject({ outcome: "not-applied" });
    expect(calls()).toBe(1);
  });

  it("isn't repeated once much of the deadline has passed, since the backend would wait for all of it again", async () => {
    const clock = vi.spyOn(performance, "now");
    let nowMs = 1_000;
    clock.mockImplementation(() => nowMs);
    const { store, calls } = open(() => {
      nowMs += 30;
      return { kind: "fail-after" };
    });
    try {
      await expect(store.assign(hosts("a"))).rejects.toMatchObject({ outcome: "unknown" });
      expect(calls()).toBe(1);
    } finally {
      clock.mockRestore();
    }
  });

  it("isn't repeated once the backend is closed", async () => {
    const backend = createMemoryBackend();
    const store = createMappingStore({ backend, scope: "s" });
    await backend.close();
    await expect(store.assign(hosts("a"))).rejects.toMatchObject({ code: "BACKEND_CLOSED" });
  });
});
