import { ConfigurationError } from "./errors/configuration-error.ts";

/**
 * Something that happened, for logs, traces and counters. Each feature has a union of its own events, distinguished by `type`.
 *
 * No event holds an original value, a prompt, a key in the clear or a credential.
 */
export interface KeywardEvent {
  /** The subject and what happened to it, such as `rate-limit.check` or `backend.degraded`. */
  readonly type: string;
  /** Milliseconds since the epoch by this process's clock, if the moment matters. */
  readonly at?: number;
}

/**
 * Receives events in the order in which they happen, in the middle of the work that they report. So leave anything slow for
 * later. A returned promise isn't awaited, and errors are ignored.
 *
 * An observer of `KeywardEvent` fits every feature. One of a feature's own union can switch on `event.type`.
 */
export type Observer<Event extends KeywardEvent = KeywardEvent> = (event: Event) => void;

/** @throws {ConfigurationError} unless it is a function, or left out. */
export function checkObserver(observer: unknown): void {
  if (observer === undefined || typeof observer === "function") return;
  throw new ConfigurationError("observer", "must be a function that takes an event, or left out");
}

/** Tells the observer, if there is one. Never throws and never waits, so that no observer can affect the caller. */
export function notify<Event extends KeywardEvent>(observer: Observer<Event> | undefined, event: Event): void {
  if (!observer) return;
  try {
    const returned: unknown = observer(event);
    // An async function fits the type too, and its rejection must not end the process.
    if (isThenable(returned)) returned.then(undefined, () => undefined);
  } catch {
    // An observer that fails is the observer's problem.
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
