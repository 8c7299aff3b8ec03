import { KeywardError } from "@keyward/core";

export type MaskerErrorCode = "HANDLE_INVALID" | "SCOPE_MISMATCH" | "TEXT_TOO_LONG";

/** What a caller passed to a masker can't be processed, or must not be. */
export class MaskerError extends KeywardError {
  declare readonly code: MaskerErrorCode;

  constructor(code: MaskerErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(code, message, options);
  }
}
