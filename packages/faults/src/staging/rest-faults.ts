import type { HttpFault } from "@keyward/test-kit";
import { askServer } from "@keyward/test-kit";
import type { Fault } from "./fault.ts";
import type { RestStore } from "./rest-store.ts";

const shortMs = 250;
/** For faults in which each try ends at once and reads go on trying: enough time to see that on a busy machine. */
const middlingMs = 1_000;
/** For faults in which something is answered at once, so that waiting doesn't matter. */
const patientMs = 5_000;

function answering(name: string, timeoutMs: number, fault: HttpFault): Fault<RestStore> {
  return {
    name,
    timeoutMs,
    happen: ({ proxy }) => {
      proxy.fault = fault;
    },
    mend: ({ proxy }) => {
      proxy.fault = { kind: "pass" };
    },
  };
}

const refusal = (status: number, error: string): HttpFault => ({
  kind: "answer",
  status,
  body: JSON.stringify({ error }),
});

/** What can happen to a store over REST, to the server in front of it, and to the network between. */
export const restFaults: readonly Fault<RestStore>[] = [
  {
    name: "REST refused",
    timeoutMs: shortMs,
    happen: ({ proxy }) => proxy.refuse(),
    mend: ({ proxy }) => proxy.accept(),
  },
  {
    name: "REST with Redis killed behind it",
    timeoutMs: shortMs,
    happen: ({ redis }) => redis.kill("SIGKILL"),
    mend: ({ redis }) => redis.start(),
  },
  {
    name: "REST with Redis frozen behind it",
    timeoutMs: shortMs,
    happen: ({ redis }) => redis.freeze(),
    mend: ({ redis }) => redis.thaw(),
  },
  {
    name: "REST script cache flushed",
    timeoutMs: patientMs,
    happen: ({ redis }) => askServer(redis.options, "SCRIPT", "FLUSH").then(() => undefined),
    mend: () => undefined,
  },
  answering("REST 401", patientMs, refusal(401, "Unauthorized")),
  answering("REST 429", middlingMs, refusal(429, "Exceeded request limit")),
  answering("REST 500", shortMs, refusal(500, "Internal Server Error")),
  answering("REST never answers", shortMs, { kind: "silence" }),
  {
    name: "REST too slow",
    timeoutMs: shortMs,
    happen: ({ proxy }) => {
      proxy.delayMs = 2_000;
    },
    mend: ({ proxy }) => {
      proxy.delayMs = 0;
    },
  },
  answering("REST cut at each reply", middlingMs, { kind: "cut-at-reply" }),
  answering("REST truncated replies", middlingMs, { kind: "truncate" }),
  answering("REST replies that are no JSON", patientMs, { kind: "replace-body", body: "<html>Bad gateway</html>" }),
  answering("REST replies of another shape", patientMs, { kind: "replace-body", body: '{"result":{"a":[]}}' }),
];
