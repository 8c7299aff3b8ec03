import { MaskerError } from "../errors.ts";

/**
 * Runs `write`, whose text may grow longer than a string can be: about 536 million UTF-16 code units on V8.
 *
 * @throws {MaskerError} `TEXT_TOO_LONG` in that case, instead of the engine's `RangeError`.
 */
export function withinStringLength<Written>(write: () => Written): Written {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new MaskerError(
      "TEXT_TOO_LONG",
      "the result would be longer than a string can be; process the text in parts",
      { cause: error },
    );
  }
}
