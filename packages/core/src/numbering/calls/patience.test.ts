import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { OperationOptions } from "../../backend.ts";
import type { BackendError } from "../../errors/backend-error.ts";
import { deadlineMs, type SlowStore, slowStore } from "../fixtures/slow-store.ts";
import { createMappingStore, type MappingStore } from "../mapping-store.ts";

const never = Number.POSITIVE_INFINITY;
/** How much later than a deadline a call may end. */
const graceMs = 50;

let backend: SlowStore;
let store: MappingStore;
let made = 0;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  backend = slowStore();
  store = createMappingStore({ backend, scope: "s" });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

interface Caller {
  /** How long it has waited; `undefined` while it is waiting. */
  tookMs: number | undefined;
  error: BackendError | undefined;
}

const entries = (count: number) =>
  Array.from({ length: count }, () => {
    const value = `host-${made++}`;
    return { type: "HOST", value, ids: [value] };
  });

/** Asks for numbers. Resolves when the call is in the queue. */
async function ask(count = 1, options: OperationOptions = {}): Promise<Caller> {
  const askedAt = performance.now();
  const caller: Caller = { tookMs: undefined, error: undefined };
  const end = (error?: BackendError) => {
    caller.tookMs = performance.now() - askedAt;
    caller.error = error;
  };
  store.assign(entries(count), options).then(() => end(), end);
  await settled();
  return caller;
}

/** Long enough for calls to be queued, since ids and checks need no timers. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function pass(ms: number): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    await vi.advanceTimersByTimeAsync(Math.min(5, end - performance.now()));
    await settled();
  }
}

describe("callers without a deadline of their own, behind another caller's call", () => {
  it("wait for one deadline if the store falls silent, whenever they came and however much they bring", async () => {
    backend.answerMs = never;
    const callers: Caller[] = [];
    for (let count = 0; count < 60; count += 1) {
      callers.push(await ask(count % 10 === 5 ? 2_500 : 1));
      await pass(11);
    }
    await pass(1_000);
    // A thousand entries take some 60 KiB, for which the backend allows 60 ms more.
    for (const { tookMs } of callers) expect(tookMs).toBeLessThan(deadlineMs + 70 + graceMs);
    expect(new Set(callers.map(({ error }) => error?.code))).toEqual(new Set(["BACKEND_TIMEOUT"]));
  });

  it("wait for as long as it takes while the store answers, with few entries or with many calls' worth", async () => {
    backend.answerMs = 200;
    const callers = await Promise.all([ask(), ask(5_000), ask(5_000), ask(), ask(1_000)]);
    await pass(13 * 200);
    expect(callers.map(({ error }) => error)).toEqual(callers.map(() => undefined));
    expect(callers[2]?.tookMs).toBeGreaterThan(8 * deadlineMs);
    expect(backend.calls.every(({ timeoutMs, waitedMs }) => timeoutMs === undefined && waitedMs === undefined)).toBe(
      true,
    );
  });

  it("have one deadline after the last answer if the store falls silent then", async () => {
    backend.answerMs = 200;
    const callers = await Promise.all([ask(), ask(2_500), ask()]);
    await pass(500);
    backend.answerMs = never;
    await pass(2 * deadlineMs + graceMs);
    expect(callers.map(({ error }) => error?.code)).toEqual([undefined, "BACKEND_TIMEOUT", undefined]);
    expect(callers[1]?.tookMs).toBeGreaterThan(600 + deadlineMs - 1);
    expect(callers[1]?.tookMs).toBeLessThan(600 + deadlineMs + 70 + graceMs);
    expect(callers[1]?.error?.outcome).toBe("unknown");
  });

  it("aren't sent once too little time is left, and learn that nothing was applied", async () => {
    backend.answerMs = never;
    const first = await ask();
    await pass(5);
    const second = await ask();
    await pass(deadlineMs);
    expect(first.error).toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "unknown" });
    expect(second.error).toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "not-applied", operation: "run:assign" });
    expect(backend.calls).toHaveLength(1);
  });

  it("are sent with the time that is left, and end with the backend's own error", async () => {
    backend.answerMs = never;
    await ask();
    await pass(100);
    const early = await ask();
    await pass(100);
    const late = [await ask()];
    await pass(5);
    late.push(await ask());
    await pass(deadlineMs + graceMs);
    expect(backend.calls).toMatchObject([{}, { waitedMs: 45 }]);
    expect(early.error?.message).toContain("took longer than its deadline");
    expect(early.tookMs).toBe(deadlineMs);
    expect(late.map(({ error }) => error?.message)).toEqual(["the store's own words", "the store's own words"]);
    expect(late.map(({ tookMs }) => tookMs)).toEqual([deadlineMs + 5, deadlineMs]);
  });

  it("are left to the backend if they haven't waited for anything, since its error says more, even if late", async () => {
    backend.answerMs = never;
    backend.lateMs = 2 * graceMs;
    const [first, second] = [await ask(), await ask()];
    await pass(deadlineMs + backend.lateMs);
    expect(first.error?.message).toBe("the store's own words");
    expect(second.tookMs).toBeLessThan(deadlineMs + graceMs);
  });

  it("get the error of the call before, if nothing was applied", async () => {
    backend.refuses = true;
    backend.lateMs = 5;
    const callers = [await ask(), await ask(), await ask(1_500)];
    await pass(deadlineMs + backend.lateMs);
    expect(callers.map(({ error }) => error?.code)).toEqual(["BACKEND_FULL", "BACKEND_FULL", "BACKEND_FULL"]);
  });

  it("don't wait for the deadline of another caller, before or beside them", async () => {
    backend.answerMs = never;
    const patient = [await ask(1, { timeoutMs: 2_000 })];
    const before = await ask();
    await pass(100);
    expect(before.tookMs).toBeUndefined();
    await pass(deadlineMs);
    expect(before.error).toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "not-applied" });

    await pass(1_500);
    const beside = await ask();
    patient.push(await ask(1, { timeoutMs: 3_000 }));
    await pass(deadlineMs + graceMs);
    expect(beside.error).toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "unknown" });
    expect(beside.tookMs).toBe(deadlineMs);
    await pass(3_000);
    expect(patient.map(({ tookMs = 0 }) => Math.round(tookMs))).toEqual([2_000, 3_000]);
  });

  it("aren't held to the shorter deadline of a caller beside them", async () => {
    backend.answerMs = never;
    await ask();
    await pass(200);
    const [hasty, waiting] = [await ask(1, { timeoutMs: 100 }), await ask()];
    await pass(deadlineMs);
    expect(backend.calls).toMatchObject([{}, { waitedMs: 50 }]);
    expect([hasty.tookMs, waiting.tookMs]).toEqual([100, deadlineMs]);
  });

  it("are sent without a deadline while the backend's own isn't known yet", async () => {
    backend.isLoaded = false;
    backend.answerMs = never;
    await ask(1, { timeoutMs: 500 });
    const waiting = await ask();
    await pass(500);
    expect(backend.calls.map(({ timeoutMs, waitedMs }) => ({ timeoutMs, waitedMs }))).toEqual([{ timeoutMs: 500 }, {}]);
    backend.isLoaded = true;
    await pass(deadlineMs);
    expect(waiting.error?.message).toBe("the store's own words");
  });

  it("don't count the time before the backend knows its deadline", async () => {
    backend.isLoaded = false;
    backend.answerMs = never;
    await ask(1, { timeoutMs: 5_000 });
    const waiting = await ask();
    await pass(1_000);
    backend.isLoaded = true;
    await pass(deadlineMs - graceMs);
    expect(waiting.tookMs).toBeUndefined();
    await pass(2 * graceMs);
    expect(waiting.error).toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "not-applied" });
    await pass(5_000);
  });
});
