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
  readonly primary: PatientBackend;
}

/** Each feature has an instance of its own, so that the failures of one don't make the store be taken for away by another. */
async function prepare(store: StagedStore, feature: Feature, lived: LivedTime): Promise<Prepared> {
  const primary = withPatience(store.open(patientMs), patientMs, lived);
  const backend = withFallback(primary, { timeoutMs: patientMs });
  return { feature, attempt: await feature.prepare(backend), backend, primary };
}

/**
 * Lets every feature meet the fault, and again once it is mended: each call ends by its deadline, each feature shows what
 * the table says, and afterwards everything is as before.
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
 * What is seen in the end: a failure in passing may come first.
 *
 * A feature may read before it writes, and where reading goes on only the write fails: what was answered is left out of
 * the time that the feature had, and each operation has its own.
 */
async function meet(prepared: Prepared, fault: Fault<never>, lived: LivedTime): Promise<Seen> {
  const { feature, attempt, backend, primary } = prepared;
  // Where connections break, that they are broken shows at the first call; the next ones are looked at.
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
