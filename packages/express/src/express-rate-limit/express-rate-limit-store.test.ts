import { BackendError, ConfigurationError, createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { createGate, type Fault, faultyBackend } from "@keyward/test-kit";
import express from "express";
import { MemoryStore, rateLimit, type Store } from "express-rate-limit";
import { rateLimit as rateLimit7 } from "express-rate-limit-7";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startApp } from "../fixtures/start-app.ts";
import { createExpressRateLimitStore } from "./express-rate-limit-store.ts";

const minute = 60_000;

function storeOn(backend: KeyValueBackend = createMemoryBackend(), prefix = "rl:") {
  const store = createExpressRateLimitStore({ backend, prefix });
  store.init({ windowMs: minute });
  return store;
}

/** A backend of which every call is unavailable, as if the store were gone. */
function goneBackend(): KeyValueBackend {
  const backend = createMemoryBackend();
  const shared = { ...backend.capabilities, reach: "shared" as const };
  const failing = faultyBackend(backend, (): Fault => ({ kind: "fail-before" }));
  return { ...failing, capabilities: shared };
}

describe("the store for express-rate-limit", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("counts from 1 on, and names the end of the window that began with the first hit", async () => {
    const store = storeOn();
    const end = new Date(Date.now() + minute);
    expect(await store.increment("a")).toEqual({ totalHits: 1, resetTime: end });
    vi.advanceTimersByTime(20_000);
    expect(await store.increment("a")).toEqual({ totalHits: 2, resetTime: end });
    vi.advanceTimersByTime(40_000);
    expect(await store.increment("a")).toEqual({ totalHits: 1, resetTime: new Date(Date.now() + minute) });
  });

  it("does the same as express-rate-limit's own store in any sequence of calls", async () => {
    const step = fc.record({
      call: fc.constantFrom("increment", "increment", "increment", "decrement", "resetKey", "get", "wait"),
      key: fc.constantFrom("a", "b"),
      ms: fc.constantFrom(1, 29_999, minute - 1, minute),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const own = new MemoryStore();
        own.init({ windowMs: minute } as never);
        const ours = storeOn();
        const hits = (store: Store, key: string) =>
          Promise.resolve(store.get?.(key)).then((info) => info?.totalHits ?? 0);
        for (const { call, key, ms } of steps) {
          if (call === "wait") vi.advanceTimersByTime(ms);
          else if (call === "increment") {
            const [theirs, mine] = [await own.increment(key), await ours.increment(key)];
            expect(mine).toEqual({ totalHits: theirs.totalHits, resetTime: theirs.resetTime });
          } else if (call !== "get") {
            // Theirs begins a window for a key that was never hit; ours has none then.
            if ((await ours.get(key)) !== undefined || call === "resetKey") await own[call](key);
            await ours[call](key);
          } else if (((await own.get(key))?.resetTime ?? new Date(0)) > new Date()) {
            expect(await hits(ours, key)).toBe(await hits(own, key));
          }
        }
        own.shutdown();
      }),
    );
  });

  it("separates callers by their prefix, whatever characters are in a key", async () => {
    const backend = createMemoryBackend();
    const [one, other] = [storeOn(backend, "a"), storeOn(backend, "a:b")];
    await one.increment("b:c");
    await one.increment("{}*%");
    expect(await other.get("c")).toBeUndefined();
    expect(await other.increment("c")).toMatchObject({ totalHits: 1 });
    await one.resetKey("*");
    expect(await one.get("b:c")).toMatchObject({ totalHits: 1 });
  });

  it("writes no key in the clear", async () => {
    const keys: string[] = [];
    const memory = createMemoryBackend();
    const run: KeyValueBackend["run"] = (script, names, ...rest) => {
      keys.push(...names);
      return memory.run(script, names, ...rest);
    };
    await storeOn({ ...memory, run } as KeyValueBackend).increment("203.0.113.7");
    expect(keys).toEqual([expect.stringMatching(/^keyward:rate-limiter:\{[\w-]{22}\}:rl%3A:hits$/)]);
  });

  it("says that its keys are local if the backend is", () => {
    expect([storeOn().localKeys, storeOn(goneBackend()).localKeys]).toEqual([true, false]);
  });

  it("fails when the store does, unless it is told to count locally", async () => {
    const store = storeOn(goneBackend());
    for (const call of ["increment", "decrement", "get", "resetKey"] as const) {
      await expect(store[call]("a")).rejects.toThrow(BackendError);
    }
    const local = createExpressRateLimitStore({ backend: goneBackend(), onBackendError: "local" });
    expect([await local.increment("a"), await local.increment("a")].map(({ totalHits }) => totalHits)).toEqual([1, 2]);
  });

  it("counts locally if the store is switched off", async () => {
    const backend = goneBackend();
    const off = { ...backend, capabilities: { ...backend.capabilities, reach: "off" as const } };
    expect(await storeOn(off).increment("a")).toMatchObject({ totalHits: 1 });
  });

  it.each([
    ["backend", undefined],
    ["backend", {}],
    ["prefix", ""],
    ["prefix", 7],
    ["onBackendError", "allow"],
    ["keyPrefix", "api:"],
  ])("refuses %s: %j when it is made", (field, value) => {
    const options = { backend: createMemoryBackend(), [field]: value };
    expect(() => createExpressRateLimitStore(options as never)).toThrow(expect.objectContaining({ field }));
  });

  it("refuses to count in a window that can't be kept", async () => {
    const store = storeOn();
    expect(() => store.init({ windowMs: 0 })).toThrow(ConfigurationError);
    await expect(store.increment("a")).rejects.toThrow(/windowMs/);
  });
});

describe.each([
  ["8", rateLimit],
  ["7", rateLimit7 as unknown as typeof rateLimit],
])("express-rate-limit %s on the store", (_version, limit) => {
  async function serve(options: Parameters<typeof rateLimit>[0], status = 200) {
    const app = express();
    const limited = limit({ windowMs: minute, limit: 2, standardHeaders: "draft-7", logger, ...options });
    app.get("/", limited, (_request, response) => {
      response.status(status).send("done");
    });
    app.use(((error, _request, response, _next) => {
      response.status(500).send(error.code);
    }) satisfies express.ErrorRequestHandler);
    const running = await startApp(app);
    closing.push(running.close);
    return { limited, ask: () => fetch(running.url) };
  }

  const closing: (() => Promise<void>)[] = [];
  const logger = { error: vi.fn(), warn: vi.fn() };
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
    expect(logger.error.mock.calls.concat(logger.warn.mock.calls)).toEqual([]);
  });

  it("refuses after the limit, and says so in its headers", async () => {
    const { ask, limited } = await serve({ store: createExpressRateLimitStore({ backend: createMemoryBackend() }) });
    const responses = [await ask(), await ask(), await ask()];
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(responses[1]?.headers.get("ratelimit")).toBe("limit=2, remaining=0, reset=60");
    const key = "127.0.0.1";
    expect(await limited.getKey(key)).toMatchObject({ totalHits: 3 });
    limited.resetKey(key);
    expect((await ask()).status).toBe(200);
  });

  it("takes back failed requests if it is told to", async () => {
    const store = createExpressRateLimitStore({ backend: createMemoryBackend() });
    let taken = createGate();
    const decrement = store.decrement.bind(store);
    store.decrement = (key) => decrement(key).finally(taken.open);
    const { ask } = await serve({ store, skipFailedRequests: true }, 503);
    for (let count = 0; count < 4; count += 1) {
      taken = createGate();
      expect((await ask()).status).toBe(503);
      await taken.opened;
    }
  });

  it("fails the request while the store is gone, or lets it through with passOnStoreError", async () => {
    const failing = await serve({ store: createExpressRateLimitStore({ backend: goneBackend() }) });
    const response = await failing.ask();
    expect([response.status, await response.text()]).toEqual([500, "BACKEND_UNAVAILABLE"]);
    const passing = await serve({
      store: createExpressRateLimitStore({ backend: goneBackend() }),
      passOnStoreError: true,
    });
    expect((await passing.ask()).status).toBe(200);
    logger.error.mockReset();
  });
});
