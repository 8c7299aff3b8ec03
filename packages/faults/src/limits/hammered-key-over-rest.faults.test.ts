import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expected } from "../features/expected.ts";
import { restFaults } from "../staging/rest-faults.ts";
import { type RestStore, startRestStore } from "../staging/rest-store.ts";
import type { PromisedLimit } from "./admission-record.ts";
import { type HammeringFleet, startHammering } from "./hammering-fleet.ts";

const promised: PromisedLimit = { limit: 40, part: 5, windowMs: 1_000, instances: 8 };

let store: RestStore;
let fleet: HammeringFleet;

beforeAll(async () => {
  store = await startRestStore();
  fleet = await startHammering({ kind: "rest", url: store.proxy.url, token: store.token }, promised);
});
afterAll(async () => {
  await fleet.stop();
  await store.stop();
});

/** One fault of each kind. */
const kinds = [
  "refused",
  "with Redis killed behind it",
  "with Redis frozen behind it",
  "script cache flushed",
  "500",
  "cut at each reply",
  "truncated replies",
];
const faults = restFaults.filter(({ name }) => kinds.includes(name.slice("REST ".length)));

describe("8 processes never let more than the limit through while the store answers, nor more than the stated bound in any window, over", {
  timeout: 120_000,
}, () => {
  it.each(faults)("$name", async ({ name, happen, mend }) => {
    const takesStore = expected[name]?.["counter"] !== "done";
    await fleet.meet({ happen: () => happen(store), mend: () => mend(store), takesStore });
  });

  it("and they press against every bound", async () => {
    await fleet.untilLimited();
    const { limit, part } = promised;
    const { onStore, byOneInstance, inAll } = fleet.record.most;
    console.log(`most in any window: ${onStore} on the store, ${byOneInstance} by one instance alone, ${inAll} in all`);
    expect([onStore, byOneInstance]).toEqual([limit, part]);
    expect(inAll).toBeGreaterThan(limit);
  });
});
