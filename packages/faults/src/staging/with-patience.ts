import type { BackendOperationOptions, KeyValueBackend } from "@keyward/core";
import type { LivedTime } from "../lived-time/start-lived-time.ts";

/** A backend whose deadline a test can change at any time, and that tells how long its operations took. */
export interface PatientBackend extends KeyValueBackend {
  /** The deadline of calls that have none of their own, in milliseconds. */
  timeoutMs: number;
  /** How long all operations that were answered took together, in lived milliseconds. */
  readonly answeredMs: number;
  /** How long the slowest operation took, answered or not, since a test set this to 0. */
  slowestMs: number;
}

/** Gives each call the present deadline, since preparations need a longer one than the fault that follows. */
export function withPatience(backend: KeyValueBackend, timeoutMs: number, lived: LivedTime): PatientBackend {
  let answeredMs = 0;
  const timed = async <Result>(operation: () => Promise<Result>): Promise<Result> => {
    const startedAt = lived.elapsedMs;
    const took = () => lived.elapsedMs - startedAt;
    try {
      const result = await operation();
      answeredMs += took();
      return result;
    } finally {
      patient.slowestMs = Math.max(patient.slowestMs, took());
    }
  };
  const patiently = <Options extends BackendOperationOptions>(options?: Options) => {
    return { timeoutMs: patient.timeoutMs - (options?.waitedMs ?? 0), ...options } as Options & { timeoutMs: number };
  };
  const patient: PatientBackend = {
    timeoutMs,
    get answeredMs() {
      return answeredMs;
    },
    slowestMs: 0,
    name: backend.name,
    capabilities: backend.capabilities,
    deadlineMs: () => patient.timeoutMs,
    get: (key, options) => timed(() => backend.get(key, patiently(options))),
    getMany: (keys, options) => timed(() => backend.getMany(keys, patiently(options))),
    set: (key, value, options) => timed(() => backend.set(key, value, patiently(options))),
    delete: (keys, options) => timed(() => backend.delete(keys, patiently(options))),
    run: (script, keys, input, options) => timed(() => backend.run(script, keys, input, patiently(options))),
    publish: (channel, message, options) => timed(() => backend.publish(channel, message, patiently(options))),
    subscribe: (channel, listener, options) => backend.subscribe(channel, listener, options),
    ping: (options) => timed(() => backend.ping(patiently(options))),
    close: () => backend.close(),
  };
  return patient;
}
