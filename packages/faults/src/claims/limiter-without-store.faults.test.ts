import { BackendError, type FallbackBackend, withFallback } from "@keyward/core";
import {
  createRateLimiter,
  type RateLimitDecision,
  type RateLimiter,
  type RateLimiterOptions,
} from "@keyward/rate-limiter";
import { until } from "@keyward/test-kit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type LivedTime, startLivedTime } from "../lived-time/start-lived-time.ts";
import type { StagedStore } from "../staging/fault.ts";
import { startRestStore } from "../staging/rest-store.ts";
import { startTcpStore, type TcpStore } from "../staging/tcp-store.ts";
import { endsWithinItsTurn } from "./ends-within-its-turn.ts";

const deadlineMs = 250;
/** What is promised beyond a deadline. */
const graceMs = 50;
const patient = { timeoutMs: 60_000 };
const key = "user-7";

let lived: LivedTime;
beforeEach(() => {
  // Probes come as soon as they may, every second.
  vi.spyOn(Math, "random").mockReturnValue(0);
  lived = startLivedTime();
});
afterEach(() => {
  lived.stop();
  vi.restoreAllMocks();
});

type Choice = Pick<RateLimiterOptions, "onBackendError" | "expectedInstances" | "fallback">;
type Result = PromiseSettledResult<RateLimitDecision>;

interface Guarded {
  readonly limiter: RateLimiter;
  readonly backend: FallbackBackend;
}

/** A limiter whose store has answered. */
async function openOn(store: StagedStore, choice: Choice): Promise<Guarded> {
  const backend = withFallback(store.open(deadlineMs));
  const limiter = createRateLimiter({ backend, limits: [{ limit: 40, window: "1h" }], rememberRefusals: 0, ...choice });
  const answer = () => limiter.peek(key).catch(() => undefined);
  await until("the store answers", async () => (await answer())?.reason === "quota", patient);
  return { limiter, backend };
}

/** Checks, five at a time, until the store is taken for away; each is held to its deadline. */
async function checkUntilTripped({ limiter, backend }: Guarded): Promise<readonly Result[]> {
  const results: Result[] = [];
  const check = async () => {
    const startedAt = lived.elapsedMs;
    results.push(...(await Promise.allSettled([limiter.check(key)])));
    expect(lived.elapsedMs - startedAt, "how long a check takes").toBeLessThan(deadlineMs + graceMs);
  };
  while (backend.mode === "primary") await Promise.all(Array.from({ length: 5 }, check));
  return results;
}

const allowedOf = (results: readonly Result[]) =>
  results.filter((result) => result.status === "fulfilled" && result.value.allowed).length;

async function meetFreeze(store: StagedStore): Promise<void> {
  const guarded = await openOn(store, { onBackendError: "local", expectedInstances: 8 });
  const { limiter, backend } = guarded;
  onTestFinished(() => backend.close());
  store.redis.freeze();
  const first = await checkUntilTripped(guarded);
  for (const result of first) expect(result).toMatchObject({ status: "fulfilled", value: { reason: "degraded" } });
  expect(allowedOf(first), "this instance's eighth of 40").toBe(5);

  const tookMs: number[] = [];
  for (let count = 1; count <= 1_000; count += 1) {
    const startedAt = performance.now();
    const check = limiter.check(key).then((decision) => {
      tookMs.push(performance.now() - startedAt);
      expect(decision).toMatchObject({ allowed: false, reason: "degraded" });
      return decision;
    });
    expect(await endsWithinItsTurn(check)).toBe(true);
    await check;
  }
  tookMs.sort((one, other) => one - other);
  console.log(`a local check: ${tookMs[499]?.toFixed(3)} ms, of 100 the slowest but one ${tookMs[989]?.toFixed(3)} ms`);
  // Of all of them the order has said that none waits; the slowest are those in which a busy machine took the processor away.
  expect(tookMs[499]).toBeLessThan(1);

  store.redis.thaw();
  await until("the store decides again", async () => (await limiter.peek(key)).reason === "quota", patient);
}

it("a rate limiter whose store is frozen answers by the deadline, then counts by itself before the event loop turns, and returns to the store, over TCP and over REST", {
  timeout: 120_000,
}, async () => {
  const stores = await Promise.all([startTcpStore(), startRestStore()]);
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.stop()));
  });
  await Promise.all(stores.map(meetFreeze));
});

describe("while its store is frozen, a rate limiter that was told", () => {
  let store: TcpStore;
  let opened: Readonly<Record<"allow" | "deny" | "throw" | "ask", Guarded>>;

  beforeAll(async () => {
    store = await startTcpStore();
    const another = createRateLimiter({ limits: [{ limit: 4, window: "1h", name: "hourly" }] });
    const [allow, deny, fail, ask] = await Promise.all([
      openOn(store, { onBackendError: "allow" }),
      openOn(store, { onBackendError: "deny" }),
      openOn(store, { onBackendError: "throw" }),
      openOn(store, { fallback: another }),
    ]);
    opened = { allow, deny, throw: fail, ask };
    store.redis.freeze();
  });
  afterAll(async () => {
    await Promise.all(Object.values(opened).map(({ backend }) => backend.close()));
    await store.stop();
  });

  async function checkAtOnce({ limiter }: Guarded): Promise<unknown> {
    const check = limiter.check(key);
    expect(await endsWithinItsTurn(check)).toBe(true);
    return check.catch((error: unknown) => error);
  }

  it.each([
    ["to allow lets everyone through", "allow", { allowed: true, retryAfterMs: 0 }],
    ["to deny refuses everyone, for a second", "deny", { allowed: false, retryAfterMs: 1_000 }],
  ] as const)("%s", async (_told, choice, decision) => {
    const due = { ...decision, reason: "degraded", windows: [] };
    for (const result of await checkUntilTripped(opened[choice])) {
      expect(result).toMatchObject({ status: "fulfilled", value: due });
    }
    expect(await checkAtOnce(opened[choice])).toMatchObject(due);
  });

  it("to throw fails: in doubt at first, then knowing that nothing was taken", async () => {
    for (const result of await checkUntilTripped(opened.throw)) {
      expect(result).toMatchObject({ status: "rejected", reason: { code: "BACKEND_TIMEOUT", outcome: "unknown" } });
    }
    const error = await checkAtOnce(opened.throw);
    expect(BackendError.is(error) && error.outcome).toBe("not-applied");
  });

  it("to ask another limiter has that one's decisions", async () => {
    expect(allowedOf(await checkUntilTripped(opened.ask))).toBe(4);
    const due = { allowed: false, reason: "degraded", limit: 4, windows: [{ name: "hourly" }] };
    expect(await checkAtOnce(opened.ask)).toMatchObject(due);
  });
});
