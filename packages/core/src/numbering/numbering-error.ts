import { KeywardError } from "../errors/keyward-error.ts";

export type NumberingErrorCode = "NUMBERS_EXHAUSTED" | "MAPPING_CORRUPT";

/** A number can't be given out or looked up: none is left, or the store holds something that the numbering didn't write. */
export class NumberingError extends KeywardError {
  declare readonly code: NumberingErrorCode;
  /** The type, the counter or the field in question; never a value or an id. */
  readonly where: string;

  constructor(code: NumberingErrorCode, where: string, message: string) {
    super(code, message);
    this.where = where;
  }

  /** Works like {@link KeywardError.is}, for the two codes of the numbering. */
  static override is(value: unknown): value is NumberingError {
    return KeywardError.is(value) && (value.code === "NUMBERS_EXHAUSTED" || value.code === "MAPPING_CORRUPT");
  }
}
