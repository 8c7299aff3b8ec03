import { ConfigurationError, ownOptions } from "@keyward/core";
import type { Detector } from "../../detection/detector.ts";
import { emails } from "./email.ts";
import { ibanNumber } from "./iban-number.ts";
import { korea } from "./korea.ts";
import { paymentCard } from "./payment-card.ts";
import { internationalPhones, koreanPhones, northAmericanPhones } from "./phone.ts";
import { unitedStates } from "./united-states.ts";

/** `"intl"` is what has one form everywhere: mail addresses, cards, IBANs, numbers that begin with a `+`. */
export type Region = "intl" | "us" | "kr";

export interface PiiOptions {
  /**
   * Whose national forms count.
   *
   * @default every region
   */
  readonly regions?: readonly Region[];
}

const detectorsByRegion: Readonly<Record<Region, () => readonly Detector[]>> = {
  intl: () => [...emails(), paymentCard(), ibanNumber(), ...internationalPhones()],
  us: () => [...northAmericanPhones(), ...unitedStates()],
  kr: () => [...koreanPhones(), ...korea()],
};

/**
 * What identifies a person: addresses, phones, accounts, and the numbers that states give out.
 *
 * @throws {ConfigurationError} for regions that there aren't, and for none, which would find nothing.
 */
export function pii(options: PiiOptions = {}): readonly Detector[] {
  const known = Object.keys(detectorsByRegion) as Region[];
  const { regions = known } = ownOptions("options", options);
  if (!Array.isArray(regions) || regions.length === 0 || !regions.every((region) => known.includes(region))) {
    throw new ConfigurationError("regions", `takes a list of one or more of ${JSON.stringify(known)}`);
  }
  return [...new Set<Region>(regions)].flatMap((region) => detectorsByRegion[region]());
}
