import type { KeyValueBackend } from "@keyward/core";

/** A backend whose patience a test changes as it goes on. */
export interface PatientBackend extends KeyValueBackend {
  /** The deadline of calls that bring none, in milliseconds. */
  timeoutMs: number;
}

/** Gives each call the deadline of the moment, since preparing needs more of it than the fault that follows. */
export function withPatience(backend: KeyValueBackend, timeoutMs: number): PatientBackend {
  const patient: PatientBackend = {
    timeoutMs,
    name: backend.name,
    capabilities: backend.capabilities,
    get: (key, options) => backend.get(key, { timeoutMs: patient.timeoutMs, ...options }),
    getMany: (keys, options) => backend.getMany(keys, { timeoutMs: patient.timeoutMs, ...options }),
    set: (key, value, options) => backend.set(key, value, { timeoutMs: patient.timeoutMs, ...options }),
    delete: (keys, options) => backend.delete(keys, { timeoutMs: patient.timeoutMs, ...options }),
    run: (script, keys, input, options) =>
      backend.run(script, keys, input, { timeoutMs: patient.timeoutMs, ...options }),
    publish: (channel, message, options) =>
      backend.publish(channel, message, { timeoutMs: patient.timeoutMs, ...options }),
    subscribe: (channel, listener, options) => backend.subscribe(channel, listener, options),
    ping: (options) => backend.ping({ timeoutMs: patient.timeoutMs, ...options }),
    close: () => backend.close(),
  };
  return patient;
}
