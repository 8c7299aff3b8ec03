import { createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { createGate, faultyBackend } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createConcurrencyLimiter } from "../concurrency-limiter.ts";
import { takeSlotNow } from "../fixtures/take-slot-now.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const isQuestion = ({ operation }: { readonly operation: string }) => operation === "run:take-slot";

/** A limiter with all slots of "a" taken by another, both on one store. */
async function createBusy(changes: Partial<KeyValueBackend["capabilities"]> = {}) {
  const store = createMemoryBackend();
  const backend = faultyBackend(store, () => undefined);
  Object.assign(backend, { capabilities: { ...store.capabilities, ...changes } });
  const subscribe = vi.spyOn(backend, "subscribe");
  const other = createConcurrencyLimiter({ limit: 1, backend: store });
  const slot = await takeSlotNow(other, "a");
  return { limiter: createConcurrencyLimiter({ limit: 1, backend }), backend, store, subscribe, other, slot };
}

describe("attempts that wait", () => {
  it("share one subscription, which lasts only while somebody waits", async () => {
    const { limiter, subscribe, slot } = await createBusy();
    await limiter.acquire("b", { maxWait: 0 });
    expect(subscribe).not.toHaveBeenCalled();
    const waiting = [limiter.acquire("a"), limiter.acquire("a")];
    await vi.advanceTimersByTimeAsync(5_000);
    expect(subscribe).toHaveBeenCalledTimes(1);
    await slot.release();
    for (const each of waiting) {
      const got = await each;
      if (got.acquired) await got.release();
    }
    await vi.advanceTimersByTimeAsync(60_000);
    const again = limiter.acquire("b", { maxWait: "1s" });
    await vi.advanceTimersByTimeAsync(1_000);
    await again;
    expect(subscribe).toHaveBeenCalledTimes(2);
  });

  it("are called when it is their turn, without asking in between", async () => {
    const { limiter, backend, slot } = await createBusy();
    const waiting = limiter.acquire("a");
    await vi.advanceTimersByTimeAsync(500);
    const asked = backend.calls.filter(isQuestion).length;
    await slot.release();
    await vi.advanceTimersByTimeAsync(0);
    expect((await waiting).acquired).toBe(true);
    expect(backend.calls.filter(isQuestion)).toHaveLength(asked + 1);
  });

  it("hear a call that has overtaken the answer to their question", async () => {
    const { limiter, backend, other, slot } = await createBusy();
    const waiting = limiter.acquire("a");
    await vi.advanceTimersByTimeAsync(200);
    const gate = createGate();
    const run = backend.run.bind(backend);
    vi.spyOn(backend, "run").mockImplementationOnce(async (...question) => {
      const answer = await run(...question);
      await gate.opened;
      return answer as never;
    });
    await vi.advanceTimersByTimeAsync(2_000);
    await slot.release();
    gate.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(await other.peek("a")).toMatchObject({ held: 1, waiting: 0 });
    expect((await waiting).acquired).toBe(true);
  });

  it("find out by themselves if the call is lost or the store can't push", async () => {
    for (const push of [true, false]) {
      const { limiter, slot, store } = await createBusy({ push });
      vi.spyOn(store, "publish").mockResolvedValue();
      const waiting = limiter.acquire("a", { maxWait: "5m" });
      await vi.advanceTimersByTimeAsync(60_000);
      await slot.release();
      await vi.advanceTimersByTimeAsync(2_000);
      expect((await waiting).acquired, `push: ${push}`).toBe(true);
    }
  });

  it("ask rarely: at most 60 times in a minute, and 24 times if each question is billed", async () => {
    for (const [push, billedPerCommand, most] of [
      [true, false, 61],
      [false, false, 65],
      [true, true, 25],
      [false, true, 28],
    ] as const) {
      const { limiter, backend } = await createBusy({ push, billedPerCommand });
      const waiting = limiter.acquire("a", { maxWait: "1m" });
      await vi.advanceTimersByTimeAsync(60_000);
      expect((await waiting).acquired).toBe(false);
      expect(backend.calls.filter(isQuestion).length, `push: ${push}, billed: ${billedPerCommand}`).toBeLessThanOrEqual(
        most,
      );
    }
  });

  it("hold nobody up for long once they are gone", async () => {
    const { backend, other, slot } = await createBusy();
    const gone = createConcurrencyLimiter({ limit: 1, backend });
    gone.acquire("a").catch(() => undefined);
    await vi.advanceTimersByTimeAsync(10_000);
    // Its process is gone: it asks no more, and no call reaches it.
    vi.spyOn(backend, "run").mockReturnValue(new Promise(() => undefined));
    const waiting = other.acquire("a");
    await vi.advanceTimersByTimeAsync(0);
    await slot.release();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await other.peek("a")).toMatchObject({ held: 0, waiting: 2 });
    await vi.advanceTimersByTimeAsync(6_000);
    expect((await waiting).acquired).toBe(true);
  });

  it("ask once more after calls may have been missed", async () => {
    const { limiter, backend, subscribe, slot, store } = await createBusy();
    const waiting = limiter.acquire("a");
    await vi.advanceTimersByTimeAsync(5_000);
    vi.spyOn(store, "publish").mockResolvedValue();
    await slot.release();
    const asked = backend.calls.filter(isQuestion).length;
    subscribe.mock.calls[0]?.[2]?.onGap?.();
    await vi.advanceTimersByTimeAsync(0);
    expect((await waiting).acquired).toBe(true);
    expect(backend.calls.filter(isQuestion)).toHaveLength(asked + 1);
  });

  it("are called by nobody in Workers, and ask by themselves", async () => {
    vi.stubGlobal("navigator", { userAgent: "Cloudflare-Workers" });
    const { limiter, backend, subscribe } = await createBusy();
    const slot = await takeSlotNow(limiter, "b");
    const waiting = limiter.acquire("b");
    await vi.advanceTimersByTimeAsync(5_000);
    const asked = backend.calls.filter(isQuestion).length;
    await slot.release();
    await vi.advanceTimersByTimeAsync(0);
    expect(backend.calls.filter(isQuestion)).toHaveLength(asked);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await waiting).acquired).toBe(true);
    expect(subscribe).not.toHaveBeenCalled();
  });
});
