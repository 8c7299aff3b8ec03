import type { KeyValueBackend } from "../backend.ts";
import { KeywardError } from "../errors/keyward-error.ts";
import { createKeyspace } from "../keyspace/keyspace.ts";
import type { OutageTest } from "./outage.ts";

/** `"well"`: answers and takes writes. `"read-only"`: answers and refuses writes. `"away"`: doesn't answer. */
export type ProbeResult = "well" | "read-only" | "away";

/** As much of a store as a probe uses. */
export type ProbedBackend = Pick<KeyValueBackend, "ping" | "set">;

const keyspace = createKeyspace({ feature: "fallback" });
/** How many keys probes write to, so that on a Cluster they reach several masters. */
const places = 16;
const ttlMs = 60_000;

/** Finds out how the store is doing. A ping alone isn't enough: a replica or a full server answers it and takes no writes. */
export async function probe(store: ProbedBackend, isOutage: OutageTest): Promise<ProbeResult> {
  if (!(await answers(store.ping(), isOutage))) return "away";
  const key = keyspace.key(`probe-${Math.floor(Math.random() * places)}`);
  return (await answers(store.set(key, "", { ttlMs, retain: "while-room" }), isOutage)) ? "well" : "read-only";
}

/** Whether the store answers. A refusal is an answer, too, for instance if there is no permission for the probe's key. */
async function answers(asked: Promise<unknown>, isOutage: OutageTest): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    return KeywardError.is(error) && !isOutage(error);
  }
}
