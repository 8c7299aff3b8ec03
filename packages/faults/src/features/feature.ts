import { BackendError, type KeyValueBackend } from "@keyward/core";

/** What a feature gives if it doesn't fail: its ordinary answer, a sealed token, or an answer from memory. */
export type Answer = "done" | "sealed" | "memory";

/**
 * What the user of a feature sees: an answer, or the `BackendError` that it fails with. `"not applied"` and `"unknown"` are the
 * outcomes with a store that can't be reached or doesn't answer; the others are named after their codes.
 */
export type Seen = Answer | "not applied" | "unknown" | "full" | "rejected" | "unreadable";

/** Something that a user calls. */
export interface Feature {
  /** What `docs/faults.md` calls it. */
  readonly name: string;
  /**
   * Prepares what is needed on a sound store, and returns the call that is looked at. That may be made again and again.
   */
  prepare(backend: KeyValueBackend): Promise<() => Promise<Answer>>;
}

/** @throws any error that isn't a failure of the store, since it doesn't show the fault but a mistake. */
export async function see(attempt: () => Promise<Answer>): Promise<Seen> {
  try {
    return await attempt();
  } catch (error) {
    if (BackendError.is(error)) return nameOf(error);
    throw error;
  }
}

function nameOf(error: BackendError): Seen {
  switch (error.code) {
    case "BACKEND_UNAVAILABLE":
    case "BACKEND_TIMEOUT":
      return error.outcome === "unknown" ? "unknown" : "not applied";
    case "BACKEND_FULL":
      return "full";
    case "BACKEND_REJECTED":
      return "rejected";
    case "BACKEND_REPLY_INVALID":
      return "unreadable";
    default:
      throw error;
  }
}
