import type { KeyValueBackend } from "../backend.ts";
import { KeywardError } from "../errors/keyward-error.ts";
import { createKeyspace } from "../keyspace/keyspace.ts";
import type { OutageTest } from "./outage.ts";

/** `"well"`: answers and takes writes. `"read-only"`: answers and refuses writes. `"away"`: doesn't answer. */
export type ProbeResult = "well" | "read-only" | "away";

/** What one probe asks of the store. */
export type ProbedBackend = Pick<KeyValueBackend, "ping" | "set">;

const keyspace = createKeyspace({ feature: "fallback" });
/** So many places for probes to write to, so that on a Cluster they come by several masters. */
const places = 16;
const ttlMs = 60_000;

/** Finds out how the store is. A ping alone won't do: a replica and a full server answer it, and take no writes. */
export async function probe(store: ProbedBackend, isOutage: OutageTest): Promise<ProbeResult> {
  if (!(await answers(store.ping(), isOutage))) return "away";
  const key = keyspace.key(`probe-${Math.floor(Math.random() * places)}`);
  return (await answers(store.set(key, "", { ttlMs, retain: "while-room" }), isOutage)) ? "well" : "read-only";
}

/** A refusal, such as a missing permission for the key of the probe, is an answer. */
async function answers(asked: Promise<unknown>, isOutage: OutageTest): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    return KeywardError.is(error) && !isOutage(error);
  }
}
