import type { Redis } from "@upstash/redis";

/** Commands that the client will send in one request, as it was made by the client's `pipeline()`. */
export type Pipeline = ReturnType<Redis["pipeline"]>;

/** One command, and what has to be known of it to send it at the right time, once. */
export interface Command {
  /** The keys, or the channel, that it touches: commands that share one are sent in order. */
  readonly keys: readonly string[];
  /** `"none"`: only reads, so that it may be sent again whatever became of it. */
  readonly effect: "none" | "write";
  /** About how much of a request it takes, in bytes. */
  readonly size: number;
  addTo(pipeline: Pipeline): void;
  /** Set if it runs a script. */
  readonly script?: ScriptTraits;
}

export interface ScriptTraits {
  /** Lines before the script's own, by which a line in an error is further down. */
  readonly linesBefore: number;
  /** What has to be worked out before the command can be added. */
  readonly ready: Promise<void> | undefined;
  /** Whether the server is known to take the command as it is, so that others may follow it in the same request. */
  readonly isProven: boolean;
  /**
   * Called with each answer's error, or none. Gives back what to send in its place when the error says that nothing was
   * run, and why.
   */
  answered(error: string | undefined): Command | undefined;
}
