import { ConfigurationError, ownOptions } from "@keyward/core";
import type { Detector } from "../../detection/detector.ts";
import { emails } from "./email.ts";
import { ibanNumber } from "./iban-number.ts";
import { korea } from "./korea.ts";
import { paymentCard } from "./payment-card.ts";
import { internationalPhones, koreanPhones, northAmericanPhones } from "./phone.ts";
import { unitedStates } from "./united-states.ts";

/** `"intl"` stands for what has the same form everywhere: mail addresses, cards, IBANs, phone numbers with a `+`. */
export type Region = "intl" | "us" | "kr";

export interface PiiOptions {
  /**
   * The regions whose national forms to look for.
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
 * Finds what identifies a person: mail addresses, phone numbers, accounts, and numbers that states issue.
 *
 * @throws {ConfigurationError} for an unknown region or an empty list, which would find nothing.
 */
export function pii(options: PiiOptions = {}): readonly Detector[] {
  const known = Object.keys(detectorsByRegion) as Region[];
  const { regions = known } = ownOptions("options", options);
  if (!Array.isArray(regions) || regions.length === 0 || !regions.every((region) => known.includes(region))) {
    throw new ConfigurationError("regions", `must be a list of one or more of ${JSON.stringify(known)}`);
  }
  return [...new Set<Region>(regions)].flatMap((region) => detectorsByRegion[region]());
}
