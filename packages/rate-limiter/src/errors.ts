import { KeywardError } from "@keyward/core";

const codes = ["CLIENT_ADDRESS_UNKNOWN"] as const;

export type RateLimitErrorCode = (typeof codes)[number];

/** It isn't known which caller to count, so nothing was counted. */
export class RateLimitError extends KeywardError {
  declare readonly code: RateLimitErrorCode;

  constructor(code: RateLimitErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(code, message, options);
  }

  /** As {@link KeywardError.is}, for the codes of this class. */
  static override is(value: unknown): value is RateLimitError {
    return KeywardError.is(value) && (codes as readonly string[]).includes(value.code);
  }
}
