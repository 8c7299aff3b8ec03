import { askServer, disconnectClients } from "@keyward/test-kit";
import type { Fault } from "./fault.ts";
import type { TcpStore } from "./tcp-store.ts";

const shortMs = 250;
/** Long enough for calls that are answered, and short enough to see the others wait. */
const middlingMs = 1_000;
const patientMs = 5_000;

const ask = ({ redis }: TcpStore, ...command: [string, ...string[]]) => askServer(redis.options, ...command);

/** What can happen to a single Redis, and to the network before it. */
export const tcpFaults: readonly Fault<TcpStore>[] = [
  {
    name: "refused",
    timeoutMs: shortMs,
    happen: ({ proxy }) => proxy.refuse(),
    mend: ({ proxy }) => proxy.accept(),
  },
  {
    name: "killed",
    timeoutMs: shortMs,
    happen: ({ redis }) => redis.kill("SIGKILL"),
    mend: ({ redis }) => redis.start(),
  },
  {
    name: "frozen",
    timeoutMs: shortMs,
    happen: ({ redis }) => redis.freeze(),
    mend: ({ redis }) => redis.thaw(),
  },
  {
    name: "restarted from its file",
    timeoutMs: patientMs,
    happen: ({ redis }) => redis.restart({ kill: "SIGKILL" }),
    mend: () => undefined,
  },
  {
    name: "out of memory",
    timeoutMs: middlingMs,
    happen: (store) => ask(store, "CONFIG", "SET", "maxmemory", "1").then(() => undefined),
    mend: (store) => ask(store, "CONFIG", "SET", "maxmemory", "0").then(() => undefined),
  },
  {
    name: "read-only replica",
    timeoutMs: middlingMs,
    happen: (store) => ask(store, "REPLICAOF", "127.0.0.1", "1").then(() => undefined),
    mend: (store) => ask(store, "REPLICAOF", "NO", "ONE").then(() => undefined),
  },
  {
    name: "clients killed",
    timeoutMs: patientMs,
    happen: ({ redis }) => disconnectClients(redis.options),
    mend: () => undefined,
  },
  {
    name: "script cache flushed",
    timeoutMs: patientMs,
    happen: (store) => ask(store, "SCRIPT", "FLUSH").then(() => undefined),
    mend: () => undefined,
  },
  {
    name: "slow, and in time",
    timeoutMs: patientMs,
    happen: ({ proxy }) => {
      proxy.delayMs = 50;
    },
    mend: ({ proxy }) => {
      proxy.delayMs = 0;
    },
  },
  {
    name: "too slow",
    timeoutMs: shortMs,
    happen: ({ proxy }) => {
      proxy.delayMs = 2_000;
    },
    mend: ({ proxy }) => {
      proxy.delayMs = 0;
    },
  },
  {
    name: "replies lost",
    timeoutMs: shortMs,
    happen: ({ proxy }) => {
      proxy.mode = "swallow-replies";
    },
    mend: restore,
  },
  {
    name: "cut at each reply",
    timeoutMs: middlingMs,
    happen: ({ proxy }) => {
      proxy.mode = "cut-at-reply";
    },
    mend: restore,
  },
  {
    name: "half-closed at each reply",
    timeoutMs: middlingMs,
    happen: ({ proxy }) => {
      proxy.mode = "half-close";
    },
    mend: restore,
  },
  {
    name: "garbage in place of replies",
    timeoutMs: middlingMs,
    happen: ({ proxy }) => {
      proxy.mode = "garbage";
    },
    mend: restore,
  },
];

/** Cuts all connections, since one that has been spoilt stays so. The next ones are sound. */
function restore({ proxy }: TcpStore): void {
  proxy.mode = "pass";
  proxy.cut();
}
