import type { BackendOperationOptions, KeyValueBackend, RunOptions } from "../backend.ts";
import { BackendError } from "../errors/backend-error.ts";

/** One operation, before it is known which backend it goes to. */
export interface Operation<Result> {
  /** As in `BackendError.operation`. */
  readonly name: string;
  readonly options: (BackendOperationOptions & Pick<RunOptions, "replicas">) | undefined;
  readonly send: (backend: KeyValueBackend) => Promise<Result>;
  /** All texts that are sent. A function, since they are rarely needed. */
  readonly texts: () => readonly string[];
}

const reads: readonly string[] = ["get", "getMany", "ping", "subscribe"];

/** Whether an operation of this name may change what the store holds. */
export function mayWrite(name: string): boolean {
  return !reads.includes(name);
}

/** How many characters an operation sends; 0 if its arguments are invalid. */
export function sizeOf({ texts }: Operation<unknown>): number {
  try {
    return texts().reduce((size, text) => size + text.length, 0);
  } catch {
    return 0;
  }
}

export function timeoutError({ name }: Operation<unknown>, waitedMs: number): BackendError {
  return new BackendError("BACKEND_TIMEOUT", `${name}: the store didn't answer within ${Math.round(waitedMs)} ms`, {
    operation: name,
    outcome: mayWrite(name) ? "unknown" : "not-applied",
    retryable: true,
  });
}

export function closedError({ name }: Pick<Operation<unknown>, "name">, isSent: boolean): BackendError {
  return new BackendError("BACKEND_CLOSED", `${name}: the backend has been closed`, {
    operation: name,
    outcome: isSent && mayWrite(name) ? "unknown" : "not-applied",
    retryable: false,
  });
}

/** The error of an operation that isn't sent, since there is no store to send it to. */
export function refusal({ name }: Pick<Operation<unknown>, "name">, why: "away" | "off"): BackendError {
  const reason =
    why === "away"
      ? "the store keeps failing, so it isn't asked until it has recovered"
      : "the store is switched off, and this operation needs it";
  return new BackendError("BACKEND_UNAVAILABLE", `${name}: ${reason}`, {
    operation: name,
    outcome: "not-applied",
    retryable: why === "away",
  });
}
