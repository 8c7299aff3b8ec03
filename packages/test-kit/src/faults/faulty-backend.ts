import { BackendError, type KeyValueBackend } from "@keyward/core";

/** What happens to one call. */
export type Fault =
  /** It never reaches the store: `BACKEND_UNAVAILABLE`, not applied. */
  | { readonly kind: "fail-before" }
  /** The store does it, but the reply is lost: `BACKEND_UNAVAILABLE`, outcome unknown. */
  | { readonly kind: "fail-after" }
  /** Nobody answers: `BACKEND_TIMEOUT`, outcome unknown. `applied` says what really happened. */
  | { readonly kind: "time-out"; readonly applied: boolean }
  /** It waits before it is sent. */
  | { readonly kind: "hold"; readonly until: Promise<void> };

export interface FaultyCall {
  /** As in `BackendError.operation`: `get`, `set`, `run:assign`. */
  readonly operation: string;
  /** How many calls of this operation there have been, this one included. */
  readonly count: number;
}

/** Decides what happens to each call; `undefined` lets it through unharmed. */
export type FaultPlan = (call: FaultyCall) => Fault | undefined;

export interface FaultyBackend extends KeyValueBackend {
  /** All calls so far, in order, whatever happened to them. */
  readonly calls: readonly FaultyCall[];
}

/** Wraps a real backend and does to its calls what the plan says. `subscribe` and `close` always go through. */
export function faultyBackend(backend: KeyValueBackend, plan: FaultPlan): FaultyBackend {
  const calls: FaultyCall[] = [];

  async function through<Result>(operation: string, send: () => Promise<Result>): Promise<Result> {
    const call = { operation, count: calls.filter((earlier) => earlier.operation === operation).length + 1 };
    calls.push(call);
    const fault = plan(call);
    switch (fault?.kind) {
      case undefined:
        return send();
      case "hold":
        await fault.until;
        return send();
      case "fail-before":
        throw failure("BACKEND_UNAVAILABLE", operation, "not-applied");
      case "fail-after":
        await send();
        throw failure("BACKEND_UNAVAILABLE", operation, "unknown");
      case "time-out":
        if (fault.applied) await send();
        throw failure("BACKEND_TIMEOUT", operation, "unknown");
    }
  }

  return {
    name: `faulty ${backend.name}`,
    capabilities: backend.capabilities,
    deadlineMs: (bytes) => backend.deadlineMs?.(bytes),
    calls,
    get: (key, options) => through("get", () => backend.get(key, options)),
    getMany: (keys, options) => through("getMany", () => backend.getMany(keys, options)),
    set: (key, value, options) => through("set", () => backend.set(key, value, options)),
    delete: (keys, options) => through("delete", () => backend.delete(keys, options)),
    run: (script, keys, input, options) =>
      through(`run:${script.name}`, () => backend.run(script, keys, input, options)),
    publish: (channel, message, options) => through("publish", () => backend.publish(channel, message, options)),
    subscribe: (channel, listener, options) => backend.subscribe(channel, listener, options),
    ping: (options) => through("ping", () => backend.ping(options)),
    close: () => backend.close(),
  };
}

function failure(code: "BACKEND_UNAVAILABLE" | "BACKEND_TIMEOUT", operation: string, outcome: BackendError["outcome"]) {
  return new BackendError(code, `${operation} failed because the test wants it to`, {
    operation,
    outcome,
    retryable: true,
  });
}
