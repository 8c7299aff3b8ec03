import { createMemoryBackend, withFallback } from "@keyward/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ConcurrencyLimiter, createConcurrencyLimiter } from "./concurrency-limiter.ts";
import type { ConcurrencyEvent } from "./events.ts";
import { takeSlotNow } from "./fixtures/take-slot-now.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const now = { maxWait: 0 } as const;

describe("a concurrency limiter", () => {
  it("gives out as many slots as the limit, for each key, and refuses the next with a value", async () => {
    const limiter = createConcurrencyLimiter({ limit: 2 });
    const slots = [await takeSlotNow(limiter, "a"), await takeSlotNow(limiter, "a")];
    expect(await limiter.acquire("a", now)).toEqual({
      acquired: false,
      reason: "limit",
      limit: 2,
      held: 2,
      waiting: 0,
    });
    expect((await limiter.acquire("b", now)).acquired).toBe(true);
    await slots[0]?.release();
    expect((await limiter.acquire("a", now)).acquired).toBe(true);
  });

  it("gives back each slot once, and never another's", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const slot = await takeSlotNow(limiter, "a");
    expect(await Promise.all([slot.release(), slot.release()])).toEqual([true, true]);
    await takeSlotNow(limiter, "a");
    await slot.release();
    expect((await limiter.acquire("a", now)).acquired).toBe(false);
  });

  it("gives a slot to who waits as soon as one is free", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const slot = await takeSlotNow(limiter, "a");
    const waiting = limiter.acquire("a");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await limiter.peek("a")).toEqual({ limit: 1, held: 1, waiting: 1 });
    await slot.release();
    await vi.advanceTimersByTimeAsync(0);
    expect((await waiting).acquired).toBe(true);
    expect(await limiter.peek("a")).toEqual({ limit: 1, held: 1, waiting: 0 });
  });

  it("refuses who has waited as long as it may, and forgets its place", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    await takeSlotNow(limiter, "a");
    let isOver = false;
    const waiting = limiter.acquire("a", { maxWait: "7s" }).finally(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(6_998);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(isOver).toBe(true);
    expect(await waiting).toMatchObject({ acquired: false, reason: "limit", waiting: 0 });
  });

  it("refuses at once where too many wait, and leaves the others their places", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1, maxWaiting: 1 });
    const slot = await takeSlotNow(limiter, "a");
    const waiting = limiter.acquire("a");
    await vi.advanceTimersByTimeAsync(0);
    expect(await limiter.acquire("a")).toMatchObject({ acquired: false, reason: "queue-full", held: 1, waiting: 1 });
    await slot.release();
    expect((await waiting).acquired).toBe(true);
  });

  it("lets nobody pass who waits, a slot being free or not", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const slot = await takeSlotNow(limiter, "a");
    const waiting = limiter.acquire("a");
    await vi.advanceTimersByTimeAsync(0);
    const [, passing] = await Promise.all([slot.release(), limiter.acquire("a", now)]);
    expect(passing.acquired).toBe(false);
    expect((await waiting).acquired).toBe(true);
  });

  it("gives slots in the order of asking, to those who wait on two instances", async () => {
    const backend = createMemoryBackend();
    const fleet = [0, 1].map(() => createConcurrencyLimiter({ limit: 3, backend }));
    const order: number[] = [];
    const work: Promise<unknown>[] = [];
    for (let index = 0; index < 60; index += 1) {
      const limiter = fleet[index % 2] as ConcurrencyLimiter;
      const doing = limiter.run("a", async () => {
        order.push(index);
        await new Promise((resolve) => setTimeout(resolve, 50 + ((index * 37) % 100)));
      });
      work.push(doing);
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.advanceTimersByTimeAsync(30_000);
    await Promise.all(work);
    expect(order).toEqual(work.map((_, index) => index));
  });

  it("counts by the limit of who asks, and takes nothing from those who run", async () => {
    const limiter = createConcurrencyLimiter({ limit: 3 });
    const slots = [];
    for (let count = 0; count < 3; count += 1) slots.push(await takeSlotNow(limiter, "a"));
    expect((await limiter.acquire("a", { ...now, limit: 2 })).acquired).toBe(false);
    expect((await limiter.acquire("a", { ...now, limit: 4 })).acquired).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(slots.map(({ signal }) => signal.aborted)).toEqual([false, false, false]);
  });

  it("shares slots with limiters of its name and backend, and with no others", async () => {
    const backend = createMemoryBackend();
    await takeSlotNow(createConcurrencyLimiter({ limit: 1, backend }), "a");
    const answers = await Promise.all(
      [{ backend }, { backend, name: "models" }, {}].map((options) =>
        createConcurrencyLimiter({ limit: 1, ...options }).acquire("a", now),
      ),
    );
    expect(answers.map(({ acquired }) => acquired)).toEqual([false, true, true]);
  });

  it("ends what it gave, slot or refusal, at the end of a block that uses it", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const use = async () => {
      await using slot = await limiter.acquire("a", now);
      await using refused = await limiter.acquire("a", now);
      return [slot.acquired, refused.acquired];
    };
    expect(await use()).toEqual([true, false]);
    expect(await limiter.peek("a")).toMatchObject({ held: 0 });
  });

  it("tells its observer what becomes of slots, and no key", async () => {
    const events: ConcurrencyEvent[] = [];
    const limiter = createConcurrencyLimiter({ limit: 1, name: "models", observer: (event) => events.push(event) });
    const slot = await takeSlotNow(limiter, "user-7");
    await limiter.acquire("user-7", now);
    await vi.advanceTimersByTimeAsync(500);
    await slot.release();
    const of = { limiter: "models" };
    expect(events).toEqual([
      { type: "concurrency.acquired", ...of, limit: 1, held: 1, waiting: 0, waitedMs: 0 },
      { type: "concurrency.refused", ...of, reason: "limit", limit: 1, held: 1, waiting: 0, waitedMs: 0 },
      { type: "concurrency.released", ...of, heldMs: 500 },
    ]);
  });
});

describe("run", () => {
  it("gives the work's result, or the refusal", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const outer = await limiter.run("a", async () => [await limiter.run("a", () => 1, now), 2]);
    expect(outer).toEqual({ acquired: true, value: [expect.objectContaining({ acquired: false }), 2] });
  });

  it("releases the slot also when the work fails", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const fail = () => {
      throw new RangeError("no");
    };
    await expect(limiter.run("a", fail)).rejects.toThrow(RangeError);
    await expect(limiter.run("a", async () => fail())).rejects.toThrow(RangeError);
    expect(await limiter.peek("a")).toMatchObject({ held: 0 });
  });

  it("aborts the work with the caller's reason", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const caller = new AbortController();
    const work = limiter.run(
      "a",
      (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      {
        signal: caller.signal,
      },
    );
    await vi.advanceTimersByTimeAsync(0);
    caller.abort(new RangeError("gone"));
    await expect(work).rejects.toThrow("gone");
    expect(await limiter.peek("a")).toMatchObject({ held: 0 });
  });
});

describe("what can't be used", () => {
  it.each([
    ["limit", { limit: 0 }],
    ["limit", { limit: 1_001 }],
    ["limit", { limit: 1.5 }],
    ["lease", { limit: 1, lease: "500ms" }],
    ["lease", { limit: 1, lease: "2h" }],
    ["maxWaiting", { limit: 1, maxWaiting: -1 }],
    ["leaseMs", { limit: 1, leaseMs: 5_000 }],
    ["name", { limit: 1, name: "a:b" }],
    ["backend", { limit: 1, backend: {} }],
    ["backend", { limit: 1, backend: withFallback("off") }],
    ["observer", { limit: 1, observer: "log" }],
  ])("as %s is an error that names it", (field, options) => {
    expect(() => createConcurrencyLimiter(options as never)).toThrow(expect.objectContaining({ field }));
  });

  it("in a call is an error that names it", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const calls: readonly [string, Promise<unknown>][] = [
      ["key", limiter.acquire("")],
      ["maxWait", limiter.acquire("a", { maxWait: -1 })],
      ["limit", limiter.acquire("a", { limit: 0 })],
      ["timeoutMs", limiter.acquire("a", { timeoutMs: 0 })],
      ["maxWaitMs", limiter.acquire("a", { maxWaitMs: 5 } as object)],
      ["waitMax", limiter.run("a", async () => undefined, { waitMax: 0 } as object)],
      ["limit", limiter.peek("a", { limit: 2 } as object)],
      ["work", limiter.run("a", undefined as never)],
      ["key", limiter.peek(7 as never)],
    ];
    for (const [field, call] of calls) await expect(call).rejects.toMatchObject({ field });
  });
});
