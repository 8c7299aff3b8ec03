import type { Redis } from "@upstash/redis";

/** Commands that the client will send in one request, made by the client's `pipeline()`. */
export type Pipeline = ReturnType<Redis["pipeline"]>;

/** One command, and everything that is needed to send it at the right time, and only once. */
export interface Command {
  /** The keys, or the channel, that it uses. Commands that share one are sent in order. */
  readonly keys: readonly string[];
  /** `"none"` means that it only reads, so it may be sent again whatever happened to it. */
  readonly effect: "none" | "write";
  /** Its approximate size in a request. */
  readonly size: number;
  addTo(pipeline: Pipeline): void;
  /** Set if it runs a script. */
  readonly script?: ScriptTraits;
}

export interface ScriptTraits {
  /** How many lines were put before the script's own, to correct line numbers in errors. */
  readonly linesBefore: number;
  /** To be awaited before the command can be added. */
  readonly ready: Promise<void> | undefined;
  /** Whether the server is known to accept the command as it is, so that others may follow it in the same request. */
  readonly isProven: boolean;
  /**
   * Called with the error of each answer, if there is one. If the error says that nothing was run, returns what to send
   * instead, and why.
   */
  answered(error: string | undefined): Command | undefined;
}
