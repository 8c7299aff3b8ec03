import type { RestFailure } from "./rest-failure.ts";

/** What an operation is waiting for. */
export interface Attempt {
  /** Rejects with {@link RequestFailed}. */
  readonly reply: Promise<unknown>;
  /** Whether the server may have it. */
  readonly isSent: boolean;
  /** Why the latest try failed, if it is tried again. */
  readonly lastFailure: RestFailure | undefined;
  /** Makes sure that nothing more is sent. */
  stop(): void;
}
