import { BackendError, type KeyValueBackend } from "@keyward/core";

/** What a feature gives where it doesn't fail: what it always does, a sealed token, or an answer from memory. */
export type Answer = "done" | "sealed" | "memory";

/**
 * What a feature lets its user see: an answer, or the `BackendError` it fails with. `"not applied"` and `"unknown"` are the
 * outcomes of a store that can't be reached or doesn't answer; the others are named after their codes.
 */
export type Seen = Answer | "not applied" | "unknown" | "full" | "rejected" | "unreadable";

/** Something that a user calls. */
export interface Feature {
  /** As `docs/faults.md` names it. */
  readonly name: string;
  /**
   * Does on a sound store whatever has to be done before, and returns the call that is looked at. It may be made again and
   * again.
   */
  prepare(backend: KeyValueBackend): Promise<() => Promise<Answer>>;
}

/** @throws what is no failure of the store's: then it isn't the fault that is seen, but a mistake. */
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
