import { createRateLimiter, type RateLimiterOptions } from "@keyward/rate-limiter";
import { adminClient, until } from "@keyward/test-kit";
import { describe, expect, it } from "vitest";
import { realStores, type StoreName } from "./fixtures/real-stores.ts";

const stores = realStores();

let names = 0;

/** Limiters of one name, each on an instance of its own. What can't be asked for fails: here everything can. */
function instancesOf(store: StoreName, count: number, options: Omit<RateLimiterOptions, "backend" | "name">) {
  names += 1;
  return Array.from({ length: count }, () => limiterOn(store, options));
}

function limiterOn(store: StoreName, options: Omit<RateLimiterOptions, "backend" | "name">) {
  return createRateLimiter({ backend: stores.open(store), name: `test-${names}`, onBackendError: "throw", ...options });
}

describe.each<StoreName>(["Redis", "Cluster", "REST"])("limiters that share a store: %s", (store) => {
  it.each(["log", "gcra", "fixed-window"] as const)("admit the limit of many at once, by %s", async (algorithm) => {
    const limiters = instancesOf(store, 2, { algorithm, limits: [{ limit: 17, window: "1d" }], rememberRefusals: 0 });
    const asked = Array.from({ length: 60 }, (_, index) => limiters[index % 2]!.check("caller"));
    const decisions = await Promise.all(asked);
    expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(17);
  });

  it("take nothing for a refusal, in no window", async () => {
    const [one, two] = instancesOf(store, 2, {
      limits: [
        { limit: 2, window: "1h" },
        { limit: 50, window: "1d" },
      ],
      rememberRefusals: 0,
    });
    for (let count = 0; count < 20; count += 1) await (count % 2 === 0 ? one! : two!).check("caller");
    const { windows } = await one!.peek("caller");
    expect(windows.map(({ remaining }) => remaining)).toEqual([0, 48]);
  });

  it("see each other's blocks, resets and refunds", async () => {
    const [one, two] = instancesOf(store, 2, { limits: [{ limit: 1, window: "1d" }], rememberRefusals: 0 });
    const { receipt } = await one!.check("caller");
    expect((await two!.check("caller")).allowed).toBe(false);
    expect(await one!.refund(receipt!)).toBe(true);
    expect(await one!.refund(receipt!)).toBe(false);
    expect((await two!.check("caller")).allowed).toBe(true);
    await one!.reset("caller");
    await one!.block("caller", "1h");
    expect(await two!.check("caller")).toMatchObject({ allowed: false, reason: "blocked", remaining: 1 });
    await two!.reset("caller");
    expect((await one!.check("caller")).allowed).toBe(true);
  });

  it("turn away whom they know to be refused, and hear of a reset elsewhere after a while", async () => {
    const limits = [{ limit: 1, window: "1d" as const }];
    const [one, two] = instancesOf(store, 2, { limits, rememberRefusals: "500ms" });
    await one!.check("caller");
    const refused = await one!.check("caller");
    const turnedAway = await one!.check("caller");
    expect(refused.reason).toBe("quota");
    expect(turnedAway).toMatchObject({ allowed: false, remaining: 0, resetAt: refused.resetAt });
    expect(turnedAway.retryAfterMs).toBeLessThanOrEqual(refused.retryAfterMs);
    await two!.reset("caller");
    await until("there is room again", async () => (await one!.check("caller")).allowed);
  });

  it("wait for their turn together, and none gets more than there is", async () => {
    const limiters = instancesOf(store, 2, { limits: [{ limit: 2, window: "250ms" }] });
    const startedAt = performance.now();
    const decisions = await Promise.all(
      Array.from({ length: 6 }, (_, index) => limiters[index % 2]!.wait("caller", { maxWait: "20s" })),
    );
    expect(decisions.every(({ allowed }) => allowed)).toBe(true);
    expect(performance.now() - startedAt).toBeGreaterThan(490);
  });
});

it("a database that is reached over TCP and REST at once decides as one", async () => {
  names += 1;
  const limits = [
    { limit: 30, window: "1h" },
    { limit: 33, window: "1d" },
  ] as const;
  const limiters = (["Redis", "REST"] as const).map((store) => limiterOn(store, { limits, rememberRefusals: 0 }));
  const decisions = await Promise.all(
    Array.from({ length: 80 }, (_, index) => limiters[index % 2]!.check("caller", { cost: 1 + (index % 3) })),
  );
  const admitted = decisions.filter(({ allowed }) => allowed);
  const taken = admitted.reduce((sum, { cost }) => sum + cost, 0);
  expect(taken).toBeGreaterThanOrEqual(30 - 2);
  expect(taken).toBeLessThanOrEqual(30);
  const peeked = await Promise.all(limiters.map((limiter) => limiter.peek("caller")));
  expect(peeked.map(({ windows }) => windows.map(({ remaining }) => remaining))).toEqual([
    [30 - taken, 33 - taken],
    [30 - taken, 33 - taken],
  ]);
});

it("no key shows who was counted", async () => {
  const [limiter] = instancesOf("Redis", 1, { limits: [{ limit: 1, window: "1d" }] });
  await limiter!.check("203.0.113.9");
  const client = adminClient(stores.server.options);
  const keys = await client.keys("*");
  client.disconnect();
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => key.includes("203.0.113.9"))).toEqual([]);
});

it("what somebody else wrote under a caller's key is left alone and reported", async () => {
  const [limiter] = instancesOf("Redis", 1, { limits: [{ limit: 1, window: "1d" }] });
  await limiter!.check("spoilt");
  const client = adminClient(stores.server.options);
  const [key] = await client.keys(`*:test-${names}`);
  await client.set(key!, "2 of a newer version");
  await expect(limiter!.check("spoilt")).rejects.toMatchObject({ code: "BACKEND_REPLY_INVALID" });
  expect(await client.get(key!)).toBe("2 of a newer version");
  await limiter!.reset("spoilt");
  expect((await limiter!.check("spoilt")).allowed).toBe(true);
  client.disconnect();
});
