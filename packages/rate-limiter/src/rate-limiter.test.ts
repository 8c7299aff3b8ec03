import { ConfigurationError, createMemoryBackend } from "@keyward/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRateLimiter } from "./rate-limiter.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const twoAMinute = { limits: [{ limit: 2, window: "1m" as const }] };

describe("a check", () => {
  it("takes units until none is left, and says when they come back", async () => {
    const limiter = createRateLimiter(twoAMinute);
    expect(await limiter.check("a")).toMatchObject({ allowed: true, remaining: 1, retryAfterMs: 0, limit: 2 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await limiter.check("a")).toMatchObject({ allowed: true, remaining: 0 });
    expect(await limiter.check("a")).toMatchObject({ allowed: false, reason: "quota", retryAfterMs: 50_000 });
    expect((await limiter.check("b")).allowed).toBe(true);
    await vi.advanceTimersByTimeAsync(49_999);
    expect(await limiter.check("a")).toMatchObject({ allowed: false, retryAfterMs: 1 });
    await vi.advanceTimersByTimeAsync(1);
    expect(await limiter.check("a")).toMatchObject({ allowed: true, remaining: 0 });
  });

  it("is told by a plain object's own members, and without the caller", async () => {
    const decision = await createRateLimiter(twoAMinute).check("a", { cost: 2 });
    const resetAt = decision.receipt!.takenAt + 60_000;
    const told = {
      ...{ allowed: true, reason: "quota", limit: 2, remaining: 0, retryAfterMs: 0, resetAt, cost: 2, shadowed: false },
      windows: [{ name: "1m", limit: 2, windowMs: 60_000, remaining: 0, nextMs: 60_000, resetMs: 60_000 }],
      receipt: { cost: 2, origin: "local", takenAt: decision.receipt!.takenAt },
    };
    expect(JSON.parse(JSON.stringify({ ...decision }))).toStrictEqual(told);
    expect(Object.getPrototypeOf(decision)).toBe(Object.prototype);
  });

  it("takes from all windows or from none", async () => {
    const limiter = createRateLimiter({
      limits: [
        { limit: 3, window: "1s", name: "burst" },
        { limit: 5, window: "1m" },
      ],
    });
    for (let count = 0; count < 3; count += 1) await limiter.check("a");
    for (let count = 0; count < 10; count += 1) expect((await limiter.check("a")).allowed).toBe(false);
    const { windows } = await limiter.peek("a");
    expect(windows.map(({ name, remaining }) => [name, remaining])).toEqual([
      ["burst", 0],
      ["1m", 2],
    ]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await limiter.check("a", { cost: 3 })).allowed).toBe(false);
    expect(await limiter.check("a", { cost: 2 })).toMatchObject({ allowed: true, limit: 5, remaining: 0 });
  });

  it("of cost 0 asks and takes nothing", async () => {
    const limiter = createRateLimiter(twoAMinute);
    for (let count = 0; count < 5; count += 1) {
      const decision = await limiter.check("a", { cost: 0 });
      expect(decision).toMatchObject({ allowed: true, remaining: 2 });
      expect(decision.receipt).toBeUndefined();
    }
    await limiter.block("a", "1m");
    expect((await limiter.check("a", { cost: 0 })).allowed).toBe(false);
  });

  it("of more than a window holds is refused for good", async () => {
    const limiter = createRateLimiter(twoAMinute);
    expect(await limiter.check("a", { cost: 3 })).toMatchObject({
      allowed: false,
      retryAfterMs: Infinity,
      remaining: 2,
    });
  });

  it("holds to the plan that it names", async () => {
    const limiter = createRateLimiter({ ...twoAMinute, plans: { pro: [{ limit: 4, window: "1m" }] } });
    for (let count = 0; count < 2; count += 1) await limiter.check("a");
    expect((await limiter.check("a")).allowed).toBe(false);
    expect(await limiter.check("a", { plan: "pro" })).toMatchObject({ allowed: true, limit: 4, remaining: 1 });
    await expect(limiter.check("a", { plan: "constructor" })).rejects.toThrow(ConfigurationError);
  });

  it("knows the windows of a plan again after another plan was asked for", async () => {
    const plans = { hourly: [{ limit: 1, window: "1h" as const }] };
    const limiter = createRateLimiter({ ...twoAMinute, plans });
    await limiter.check("a", { plan: "hourly" });
    await limiter.check("a");
    expect((await limiter.check("a", { plan: "hourly" })).allowed).toBe(false);
    expect(await limiter.peek("a")).toMatchObject({ remaining: 1 });
  });
});

describe("a call", () => {
  it("of which the signal was given rejects with its reason, and takes nothing", async () => {
    const limiter = createRateLimiter(twoAMinute);
    const { receipt } = await limiter.check("a");
    const options = { signal: AbortSignal.abort("enough") };
    await expect(limiter.check("a", options)).rejects.toBe("enough");
    await expect(limiter.reset("a", options)).rejects.toBe("enough");
    await expect(limiter.refund(receipt!, options)).rejects.toBe("enough");
    expect(await limiter.peek("a")).toMatchObject({ remaining: 1 });
    expect(await limiter.refund(receipt!)).toBe(true);
  });

  it("that is refused for its options leaves a receipt good", async () => {
    const limiter = createRateLimiter(twoAMinute);
    const { receipt } = await limiter.check("a");
    await expect(limiter.refund(receipt!, { timeoutMs: -1 })).rejects.toThrow(ConfigurationError);
    expect(await limiter.refund(receipt!)).toBe(true);
  });

  it("takes no option from the prototype of all objects", async () => {
    const limiter = createRateLimiter(twoAMinute);
    Object.assign(Object.prototype, { cost: 0 });
    try {
      await limiter.check("a");
      await limiter.check("a", {});
    } finally {
      Reflect.deleteProperty(Object.prototype, "cost");
    }
    expect(await limiter.peek("a")).toMatchObject({ remaining: 0 });
    await expect(limiter.check("a", null as never)).rejects.toThrow(ConfigurationError);
  });

  it("can't block for longer than a store can count", async () => {
    const limiter = createRateLimiter(twoAMinute);
    await limiter.block("a", "36500d");
    await expect(limiter.block("a", "36501d")).rejects.toThrow(ConfigurationError);
  });
});

describe("listed callers", () => {
  it("have to be known at once: a promise would list everybody", async () => {
    const later = (async () => false) as never;
    for (const lists of [{ allow: later }, { deny: later }]) {
      await expect(createRateLimiter({ ...twoAMinute, ...lists }).check("a")).rejects.toThrow(ConfigurationError);
    }
  });

  it("are let through or refused without being counted", async () => {
    const limiter = createRateLimiter({ ...twoAMinute, allow: ["friend"], deny: (key) => key.startsWith("foe") });
    for (let count = 0; count < 5; count += 1) {
      expect(await limiter.check("friend")).toMatchObject({ allowed: true, reason: "exempt" });
    }
    expect(await limiter.check("foe-1")).toMatchObject({ allowed: false, reason: "blocked", retryAfterMs: Infinity });
  });
});

describe("shadow mode", () => {
  it("lets through and reports what it would have refused", async () => {
    const events: unknown[] = [];
    const limiter = createRateLimiter({ ...twoAMinute, mode: "shadow", observer: (event) => events.push(event) });
    for (let count = 0; count < 2; count += 1) await limiter.check("a");
    expect(await limiter.check("a")).toMatchObject({ allowed: true, shadowed: true, remaining: 0 });
    expect(events).toHaveLength(3);
    expect(events[2]).toMatchObject({ type: "rate-limit.check", allowed: true, shadowed: true, limiter: "default" });
    expect(JSON.stringify(events)).not.toContain('"a"');
  });
});

describe("the observer", () => {
  it("hears of a peek as such, which took nothing", async () => {
    const types: string[] = [];
    const limiter = createRateLimiter({ ...twoAMinute, observer: ({ type }) => types.push(type) });
    await limiter.check("a");
    await limiter.peek("a");
    expect(types).toEqual(["rate-limit.check", "rate-limit.peek"]);
  });
});

describe("a refund", () => {
  it("gives back what was taken, once", async () => {
    const limiter = createRateLimiter(twoAMinute);
    const first = await limiter.check("a");
    await limiter.check("a");
    expect(await limiter.refund(first.receipt!)).toBe(true);
    expect(await limiter.refund(first.receipt!)).toBe(false);
    expect(await limiter.peek("a")).toMatchObject({ remaining: 1 });
  });

  it("gives back a part of an estimate", async () => {
    const limiter = createRateLimiter({ limits: [{ limit: 100, window: "1m" }] });
    const { receipt } = await limiter.check("a", { cost: 60 });
    await expect(limiter.refund(receipt!, { cost: 61 })).rejects.toThrow(ConfigurationError);
    expect(await limiter.refund(receipt!, { cost: 45 })).toBe(true);
    expect(await limiter.peek("a")).toMatchObject({ remaining: 85 });
  });

  it("gives back nothing that has been reset since", async () => {
    const limiter = createRateLimiter(twoAMinute);
    const { receipt } = await limiter.check("a");
    await limiter.reset("a");
    await limiter.check("a");
    expect(await limiter.refund(receipt!)).toBe(false);
    expect(await limiter.peek("a")).toMatchObject({ remaining: 1 });
  });

  it("goes to the windows of the plan that it was taken by, whatever the caller's plan is now", async () => {
    const limiter = createRateLimiter({ ...twoAMinute, plans: { hourly: [{ limit: 2, window: "1h" }] } });
    const { receipt } = await limiter.check("a", { plan: "hourly" });
    await limiter.check("a");
    expect(await limiter.refund(receipt!)).toBe(true);
    expect(await limiter.peek("a", { plan: "hourly" })).toMatchObject({ remaining: 2 });
    expect(await limiter.peek("a")).toMatchObject({ remaining: 1 });
  });

  it("that comes too late gives back nothing that was taken since", async () => {
    const limiter = createRateLimiter(twoAMinute);
    const { receipt } = await limiter.check("a");
    await vi.advanceTimersByTimeAsync(30_000);
    await limiter.check("a");
    await vi.advanceTimersByTimeAsync(30_000);
    await limiter.check("a");
    await limiter.refund(receipt!);
    expect((await limiter.check("a")).allowed).toBe(false);
  });

  it("goes back to where it was taken on a store too", async () => {
    const capabilities = { reach: "shared", push: false, billedPerCommand: false };
    const memory = createMemoryBackend();
    const run = memory.run.bind(memory);
    const backend = Object.create(memory, { capabilities: { value: capabilities }, run: { value: run } });
    const limiter = createRateLimiter({ ...twoAMinute, backend });
    await limiter.check("a");
    await vi.advanceTimersByTimeAsync(30_000);
    const { receipt } = await limiter.check("a");
    await limiter.refund(receipt!);
    expect(await limiter.peek("a")).toMatchObject({ remaining: 1, windows: [{ resetMs: 30_000 }] });
  });

  it("by gcra gives back nothing that a faster plan has drained since", async () => {
    const plans = { fast: [{ limit: 30_000, window: "1m" as const, burst: 1 }] };
    const limiter = createRateLimiter({ algorithm: "gcra", limits: [{ limit: 1, window: "1m" }], plans });
    const { receipt } = await limiter.check("a");
    await vi.advanceTimersByTimeAsync(2);
    expect((await limiter.check("a", { plan: "fast" })).allowed).toBe(true);
    await limiter.refund(receipt!);
    await vi.advanceTimersByTimeAsync(1);
    expect(await limiter.check("a")).toMatchObject({ allowed: false, retryAfterMs: 59_999 });
  });

  it("by gcra drains nothing by the pace of a plan that the caller has left", async () => {
    const plans = { fast: [{ limit: 60_000, window: "1m" as const, burst: 2 }] };
    const limiter = createRateLimiter({ algorithm: "gcra", limits: [{ limit: 1, window: "1m", burst: 2 }], plans });
    const { receipt } = await limiter.check("a", { plan: "fast" });
    await limiter.check("a");
    await vi.advanceTimersByTimeAsync(30_000);
    await limiter.refund(receipt!);
    expect(await limiter.peek("a")).toMatchObject({ remaining: 1, windows: [{ resetMs: 30_000 }] });
  });

  it("by gcra gives back all of it until somebody else takes, and then what hasn't drained of all that was taken", async () => {
    const limiter = createRateLimiter({ algorithm: "gcra", limits: [{ limit: 60, window: "1m" }] });
    await limiter.check("a", { cost: 30 });
    const first = await limiter.check("a", { cost: 20 });
    await vi.advanceTimersByTimeAsync(25_000);
    await limiter.refund(first.receipt!);
    expect(await limiter.peek("a")).toMatchObject({ remaining: 55 });
    const second = await limiter.check("a", { cost: 20 });
    await vi.advanceTimersByTimeAsync(15_000);
    await limiter.check("a");
    await limiter.refund(second.receipt!, { cost: 4 });
    expect(await limiter.peek("a")).toMatchObject({ remaining: 60 - 10 - 1 + 4 });
  });

  it("takes only receipts, and only its own", async () => {
    const limiter = createRateLimiter(twoAMinute);
    const { receipt } = await limiter.check("a");
    await expect(limiter.refund({ ...receipt! })).rejects.toThrow(ConfigurationError);
    expect(await createRateLimiter(twoAMinute).refund(receipt!)).toBe(false);
    expect(await limiter.refund(receipt!)).toBe(true);
  });
});

describe("a block", () => {
  it("refuses for its time, whatever is left", async () => {
    const limiter = createRateLimiter(twoAMinute);
    await limiter.block("a", "10s");
    expect(await limiter.check("a")).toMatchObject({
      allowed: false,
      reason: "blocked",
      retryAfterMs: 10_000,
      remaining: 2,
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await limiter.check("a")).allowed).toBe(true);
    await limiter.block("a", "10s");
    await limiter.reset("a");
    expect(await limiter.peek("a")).toMatchObject({ allowed: true, remaining: 2 });
  });
});

describe("waiting", () => {
  it("lasts until the cost fits", async () => {
    const limiter = createRateLimiter({ limits: [{ limit: 1, window: "10s" }] });
    await limiter.check("a");
    const waited = limiter.wait("a", { maxWait: "20s" });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await waited).allowed).toBe(true);
  });

  it("ends at once where it would be too long, or for ever", async () => {
    const limiter = createRateLimiter({ limits: [{ limit: 1, window: "1h" }] });
    await limiter.check("a");
    expect(await limiter.wait("a")).toMatchObject({ allowed: false, retryAfterMs: 3_600_000 });
    expect(await limiter.wait("a", { maxWait: 0 })).toMatchObject({ allowed: false });
    expect(await limiter.wait("b", { cost: 2, maxWait: "400d" })).toMatchObject({
      allowed: false,
      retryAfterMs: Infinity,
    });
  });

  it("ends with the reason of an abort, and leaves no timer", async () => {
    const limiter = createRateLimiter({ limits: [{ limit: 1, window: "10s" }] });
    await limiter.check("a");
    const controller = new AbortController();
    const waited = limiter.wait("a", { signal: controller.signal });
    const outcome = expect(waited).rejects.toBe("enough");
    await vi.advanceTimersByTimeAsync(1_000);
    controller.abort("enough");
    await outcome;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("limiters over one memory backend", () => {
  it("share the counts of one name", async () => {
    const backend = createMemoryBackend();
    const [one, two, other] = [{}, {}, { name: "other" }].map((options) =>
      createRateLimiter({ ...twoAMinute, backend, ...options }),
    );
    await one!.check("a");
    await two!.check("a");
    expect((await one!.check("a")).allowed).toBe(false);
    expect((await other!.check("a")).allowed).toBe(true);
  });
});

it("keeps no more callers than it may", async () => {
  const limiter = createRateLimiter({ limits: [{ limit: 1, window: "1d" }], maxLocalKeys: 100 });
  await limiter.check("first");
  for (let index = 0; index < 40; index += 1) await limiter.check(`caller-${index}`);
  expect((await limiter.check("first")).allowed).toBe(false);
  for (let index = 0; index < 200; index += 1) await limiter.check(`other-${index}`);
  expect((await limiter.check("first")).allowed).toBe(true);
});
