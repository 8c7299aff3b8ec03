import { type FallbackBackend, type KeyValueBackend, withFallback } from "@keyward/core";
import { until } from "@keyward/test-kit";
import { expect } from "vitest";
import { type LivedTime, startLivedTime } from "../lived-time/start-lived-time.ts";
import type { Fault, StagedStore } from "../staging/fault.ts";
import { withPatience } from "../staging/with-patience.ts";
import { expected } from "./expected.ts";
import { type Answer, type Feature, type Seen, see } from "./feature.ts";
import { features } from "./features.ts";

const patientMs = 20_000;
/** What is promised beyond a deadline. */
const graceMs = 50;
const mostTries = 3;
/** How a connection that is being lost shows itself first, and how any store does while a machine is busy. */
const passing: readonly Seen[] = ["unknown", "not applied", "memory"];

interface Prepared {
  readonly feature: Feature;
  readonly attempt: () => Promise<Answer>;
  readonly backend: FallbackBackend;
  /** The store itself, past what takes it for away. */
  readonly primary: KeyValueBackend;
  timeoutMs: number;
}

/** Each feature has an instance of its own, so that the failures of one don't make the store be taken for away by another. */
async function prepare(store: StagedStore, feature: Feature): Promise<Prepared> {
  const patient = withPatience(store.open(patientMs), patientMs);
  const backend = withFallback(patient, { timeoutMs: patientMs });
  const attempt = await feature.prepare(backend);
  return {
    feature,
    attempt,
    get timeoutMs() {
      return patient.timeoutMs;
    },
    set timeoutMs(next) {
      patient.timeoutMs = next;
    },
    backend,
    primary: patient,
  };
}

/**
 * Lets every feature meet the fault, and again once it is mended: each call ends by its deadline, each feature shows what
 * the table says, and afterwards everything is as before.
 */
export async function meetFault<Store extends StagedStore>(store: Store, fault: Fault<Store>): Promise<void> {
  const lived = startLivedTime();
  const prepared = await Promise.all(features.map((feature) => prepare(store, feature)));
  try {
    for (const each of prepared) each.timeoutMs = fault.timeoutMs;
    await fault.happen(store);
    const met = await Promise.all(prepared.map(async (each) => [each.feature.name, await meet(each, fault, lived)]));
    expect(Object.fromEntries(met)).toEqual(expected[fault.name]);

    await fault.mend(store);
    for (const each of prepared) each.timeoutMs = patientMs;
    await Promise.all(
      prepared.map(({ feature, attempt }) =>
        until(`${feature.name} is as before`, async () => (await see(attempt)) === "done"),
      ),
    );
  } finally {
    lived.stop();
    await Promise.all(prepared.map(({ backend }) => backend.close()));
  }
}

/** What is seen in the end: a failure in passing may come first. */
async function meet(prepared: Prepared, fault: Fault<never>, lived: LivedTime): Promise<Seen> {
  const { feature, attempt, backend, primary } = prepared;
  // Where connections break, that they are broken shows at the first call; the next ones are looked at.
  if (expected[fault.name]?.["counter"] === "not applied") await primary.ping().catch(() => undefined);
  for (let tries = 1; ; tries += 1) {
    const startedAt = lived.elapsedMs;
    const seen = await see(attempt);
    const tookMs = lived.elapsedMs - startedAt;
    expect(tookMs, `how long ${feature.name} takes`).toBeLessThan(fault.timeoutMs + graceMs);
    expect(backend.mode, `whether ${feature.name} still asks the store`).toBe("primary");
    if (seen === expected[fault.name]?.[feature.name] || tries === mostTries || !passing.includes(seen)) return seen;
  }
}
