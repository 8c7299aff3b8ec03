import { createRateLimiter, type RateLimitDecision } from "@keyward/rate-limiter";
import { ExactLog, type LimitedCall, limitedTraffic } from "@keyward/test-kit";
import { expect, it } from "vitest";
import { atTestTime } from "./fixtures/at-test-time.ts";
import { realStores, type StoreName } from "./fixtures/real-stores.ts";

const seed = Number(process.env["KEYWARD_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
console.info(`seed ${seed}`);
/** `KEYWARD_DECISIONS=1000000` searches for longer. */
const decisions = Number(process.env["KEYWARD_DECISIONS"] ?? 50_000);

const stores = realStores();

/** How many a caller has under way at a time: requests over REST are answered in any order. */
const pace: Readonly<Record<StoreName, number>> = { Redis: 20, Cluster: 20, REST: 1 };

const told = ({ allowed, retryAfterMs, windows }: RateLimitDecision) => ({
  allowed,
  waitMs: retryAfterMs,
  remaining: windows.map(({ remaining }) => remaining),
  resetMs: windows.map(({ resetMs }) => resetMs),
});

it.each<StoreName>(["Redis", "Cluster", "REST"])(
  "a limit of up to twice the precision is the exact sliding log on every store: %s",
  async (store) => {
    const { policies, calls } = limitedTraffic(seed, decisions, 24, 64);
    let now = 0;
    const limiter = createRateLimiter({
      backend: atTestTime(stores.open(store), () => now),
      name: `exact-over-${store}`,
      limits: [{ limit: 1, window: "1m" }],
      plans: Object.fromEntries(
        policies.map((windows, caller) => [
          `${caller}`,
          windows.map(({ limit, windowMs }) => ({ limit, window: `${windowMs}ms` as const })),
        ]),
      ),
      rememberRefusals: 0,
      onBackendError: "throw",
    });
    const decide = async (call: LimitedCall) => {
      const key = `${call.caller}`;
      now = call.now;
      return told(await limiter[call.mode === "spend" ? "check" : "peek"](key, { cost: call.cost, plan: key }));
    };
    const queues = policies.map(() => [] as LimitedCall[]);
    for (const call of calls) queues[call.caller]?.push(call);

    const callers = queues.map(async (queue, caller) => {
      const windows = policies[caller] ?? [];
      const model = new ExactLog();
      for (let from = 0; from < queue.length; from += pace[store]) {
        const asked = queue.slice(from, from + pace[store]);
        const answers = await Promise.all(asked.map(decide));
        const expected = asked.map(({ cost, mode, now }) => {
          const verdict = model.check(windows, cost, mode, now);
          return { allowed: verdict.waitMs === 0, ...verdict };
        });
        expect(answers).toEqual(expected);
      }
    });
    await Promise.all(callers);
  },
  30_000 + decisions,
);
