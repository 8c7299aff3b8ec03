import type { BackendOperationOptions, KeyValueBackend } from "@keyward/core";
import type { LivedTime } from "../lived-time/start-lived-time.ts";

/** A backend whose patience a test changes as it goes on, and that says how long its operations took. */
export interface PatientBackend extends KeyValueBackend {
  /** The deadline of calls that bring none, in milliseconds. */
  timeoutMs: number;
  /** How long the operations that were answered took, all together, in lived milliseconds. */
  readonly answeredMs: number;
  /** How long the slowest one took, answered or not, since a test set it to 0. */
  slowestMs: number;
}

/** Gives each call the deadline of the moment, since preparing needs more of it than the fault that follows. */
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
