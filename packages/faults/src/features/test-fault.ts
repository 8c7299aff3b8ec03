import { type FallbackBackend, withFallback } from "@keyward/core";
import { until } from "@keyward/test-kit";
import { expect } from "vitest";
import { type LivedTime, startLivedTime } from "../lived-time/start-lived-time.ts";
import type { Fault, StagedStore } from "../staging/fault.ts";
import { type PatientBackend, withPatience } from "../staging/with-patience.ts";
import { expected } from "./expected.ts";
import { type Answer, type Feature, type Seen, see } from "./feature.ts";
import { features } from "./features.ts";

const patientMs = 20_000;
/** How much later than its deadline a call may end, as promised. */
const graceMs = 50;
const mostTries = 3;
/** What may be seen at first, while a connection is being lost or the machine is busy. */
const passing: readonly Seen[] = ["unknown", "not applied", "memory"];

interface Prepared {
  readonly feature: Feature;
  readonly attempt: () => Promise<Answer>;
  readonly backend: FallbackBackend;
  /** The store itself, without the fallback around it. */
  readonly primary: PatientBackend;
}

/** Each feature gets an instance of its own, so that its failures don't make the store count as away for another. */
async function prepare(store: StagedStore, feature: Feature, lived: LivedTime): Promise<Prepared> {
  const primary = withPatience(store.open(patientMs), patientMs, lived);
  const backend = withFallback(primary, { timeoutMs: patientMs });
  return { feature, attempt: await feature.prepare(backend), backend, primary };
}

/**
 * Lets every feature meet the fault, and lets it run again once that is mended: each call ends by its deadline, each feature shows
 * what the table says, and afterwards everything is as before.
 */
export async function meetFault<Store extends StagedStore>(store: Store, fault: Fault<Store>): Promise<void> {
  const lived = startLivedTime();
  const prepared = await Promise.all(features.map((feature) => prepare(store, feature, lived)));
  try {
    for (const { primary } of prepared) primary.timeoutMs = fault.timeoutMs;
    await fault.happen(store);
    const met = await Promise.all(prepared.map(async (each) => [each.feature.name, await meet(each, fault, lived)]));
    expect(Object.fromEntries(met)).toEqual(expected[fault.name]);

    await fault.mend(store);
    for (const { primary } of prepared) primary.timeoutMs = patientMs;
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

/**
 * What is seen in the end, after failures that may come first and pass.
 *
 * A feature may read before it writes, and if reads still work only the write fails. Operations that were answered don't count
 * against the time that the feature had, since each operation has a deadline of its own.
 */
async function meet(prepared: Prepared, fault: Fault<never>, lived: LivedTime): Promise<Seen> {
  const { feature, attempt, backend, primary } = prepared;
  // If connections break, the first call shows that. Only the next ones are looked at.
  if (expected[fault.name]?.["counter"] === "not applied") await primary.ping().catch(() => undefined);
  const mostMs = fault.timeoutMs + graceMs;
  primary.slowestMs = 0;
  const failingMs = () => lived.elapsedMs - primary.answeredMs;
  for (let tries = 1; ; tries += 1) {
    const startedAt = failingMs();
    const seen = await see(attempt);
    expect(failingMs() - startedAt, `how long ${feature.name} waits for what fails`).toBeLessThan(mostMs);
    expect(primary.slowestMs, `how long one operation of ${feature.name} takes`).toBeLessThan(mostMs);
    expect(backend.mode, `whether ${feature.name} still asks the store`).toBe("primary");
    if (seen === expected[fault.name]?.[feature.name] || tries === mostTries || !passing.includes(seen)) return seen;
  }
}
