import { KeywardError } from "@keyward/core";

const codes = ["HANDLE_INVALID", "JSON_INVALID", "SCOPE_MISMATCH", "TEXT_TOO_LONG"] as const;

export type MaskerErrorCode = (typeof codes)[number];

/** A masker was given something that it can't process, or must not. */
export class MaskerError extends KeywardError {
  declare readonly code: MaskerErrorCode;

  constructor(code: MaskerErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(code, message, options);
  }

  /** As {@link KeywardError.is}, for the codes of this class. */
  static override is(value: unknown): value is MaskerError {
    return KeywardError.is(value) && (codes as readonly string[]).includes(value.code);
  }
}
