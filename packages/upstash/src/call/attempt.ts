import type { RestFailure } from "./rest-failure.ts";

/** What an operation waits for. */
export interface Attempt {
  /** Rejects with {@link RequestFailed}. */
  readonly reply: Promise<unknown>;
  /** Whether it is with the server, for all that is known. */
  readonly isSent: boolean;
  /** Why the latest try came to nothing, if it was tried again. */
  readonly lastFailure: RestFailure | undefined;
  /** Sends nothing more. */
  stop(): void;
}
