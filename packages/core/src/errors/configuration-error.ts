import { KeywardError } from "./keyward-error.ts";

/** What a caller passed can't be used. Says which field it is, what is wrong with it, and what would be right. */
export class ConfigurationError extends KeywardError {
  /** The option or argument in question, such as `encryption.keys[0]` or `REDIS_URL`. */
  readonly field: string;

  constructor(field: string, problem: string, options?: { readonly cause?: unknown }) {
    super("CONFIGURATION_INVALID", `${field}: ${problem}`, options);
    this.field = field;
  }

  /** As {@link KeywardError.is}, for `CONFIGURATION_INVALID`. */
  static override is(value: unknown): value is ConfigurationError {
    return KeywardError.is(value) && value.code === "CONFIGURATION_INVALID";
  }
}
