import type { Seen } from "./feature.ts";

/** What is seen of each feature, by its name. */
export type Row = Readonly<Record<string, Seen>>;

interface Kinds {
  /** New values to mask. */
  readonly newValues: Seen;
  /** Scripts that write, and plain writes. */
  readonly writes: Seen;
  /** Scripts that look something up; they write too, but only where what they find grows old. */
  readonly lookUps: Seen;
  /** Plain reads. */
  readonly reads: Seen;
  readonly publish: Seen;
  /** What may be written also where there is no memory left: it makes room. */
  readonly deletes: Seen;
  /** A read and a write that may be degraded. */
  readonly local: readonly [read: Seen, write: Seen];
  /** A check that is decided without the store where it has to be. */
  readonly check: Seen;
}

function row({ newValues, writes, lookUps, reads, publish, deletes, local, check }: Kinds): Row {
  return {
    "mask, new values": newValues,
    "mask, known values": "done",
    unmask: lookUps,
    "unmask a stream": lookUps,
    erase: writes,
    reindex: writes,
    counter: writes,
    "mapping store, assign": writes,
    "mapping store, resolve": lookUps,
    publish,
    "get, degrade local": local[0],
    "script, degrade local": local[1],
    "get, degrade never": reads,
    "set, degrade never": writes,
    "delete, degrade never": deletes,
    "check, local": check,
    "check, throw": writes,
    refund: writes,
    block: writes,
    reset: deletes,
    acquire: writes,
  };
}

const sound = row({
  newValues: "done",
  writes: "done",
  lookUps: "done",
  reads: "done",
  publish: "done",
  deletes: "done",
  local: ["done", "done"],
  check: "done",
});
/** Nobody is reached. */
const away = row({
  newValues: "sealed",
  writes: "not applied",
  lookUps: "not applied",
  reads: "not applied",
  publish: "not applied",
  deletes: "not applied",
  local: ["memory", "memory"],
  check: "memory",
});
/** What is sent may arrive, and nothing comes back. */
const silent = row({
  newValues: "sealed",
  writes: "unknown",
  lookUps: "unknown",
  reads: "not applied",
  publish: "unknown",
  deletes: "unknown",
  local: ["memory", "memory"],
  check: "memory",
});
const refusesWrites = (refusal: Seen, deletes: Seen) =>
  row({
    newValues: "sealed",
    writes: refusal,
    lookUps: "done",
    reads: "done",
    publish: "done",
    deletes,
    local: ["done", "memory"],
    check: "memory",
  });
/** Somebody answers who isn't the store, or doesn't know us. */
const misled = (complaint: Seen, newValues: Seen) =>
  row({
    newValues,
    writes: complaint,
    lookUps: complaint,
    reads: complaint,
    publish: complaint,
    deletes: complaint,
    local: [complaint, complaint],
    check: "memory",
  });

/**
 * What users see under each fault until the store is taken for away: `docs/faults.md` is written from it, and the tests
 * hold every feature to it.
 */
export const expected: Readonly<Record<string, Row>> = {
  refused: away,
  killed: away,
  frozen: silent,
  "restarted from its file": sound,
  "out of memory": refusesWrites("full", "done"),
  "read-only replica": refusesWrites("not applied", "not applied"),
  "clients killed": sound,
  "script cache flushed": sound,
  "slow, and in time": sound,
  "too slow": silent,
  "replies lost": silent,
  "cut at each reply": away,
  "half-closed at each reply": away,
  "garbage in place of replies": away,
  "REST refused": away,
  "REST with Redis killed behind it": silent,
  "REST with Redis frozen behind it": silent,
  "REST script cache flushed": sound,
  "REST 401": misled("rejected", "rejected"),
  "REST 429": away,
  "REST 500": silent,
  "REST never answers": silent,
  "REST too slow": silent,
  "REST cut at each reply": silent,
  "REST truncated replies": silent,
  "REST replies that are no JSON": misled("unreadable", "sealed"),
  "REST replies of another shape": misled("unreadable", "sealed"),
};
