import { ConfigurationError } from "../errors/configuration-error.ts";
import type { KeywardError } from "../errors/keyward-error.ts";
import { NumberingError } from "./numbering-error.ts";
import type { Refusal } from "./scripts/reply-fields.ts";

/** Turns a script's refusal into the caller's error. The script has written nothing. */
export function refusalError(refusal: Refusal): KeywardError {
  switch (refusal.status) {
    case "indexes":
      return new ConfigurationError(
        "indexes",
        "none of these names finds every mapping of the scope, so known values would get a second number. Bring a name " +
          "that was used before (is the key behind it the wrong one?), and drop it only once a new one is complete",
      );
    case "exhausted":
      return new NumberingError(
        "NUMBERS_EXHAUSTED",
        refusal.where,
        `${refusal.where} has no number left up to 2^53 - 1; number under another type, scope or counter`,
      );
    case "corrupt":
      return new NumberingError(
        "MAPPING_CORRUPT",
        refusal.where,
        `the store holds something under ${refusal.where} that the numbering didn't write; see to what else uses this ` +
          "namespace, then restore the field or forget the mapping",
      );
  }
}
