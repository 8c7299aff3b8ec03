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

const DETECTORS: Readonly<Record<Region, () => readonly Detector[]>> = {
  intl: () => [...emails(), paymentCard(), ibanNumber(), ...internationalPhones()],
  us: () => [...northAmericanPhones(), ...unitedStates()],
  kr: () => [...koreanPhones(), ...korea()],
};

/** What identifies a person: addresses, phones, accounts, and the numbers that states give out. */
export function pii({ regions = ["intl", "us", "kr"] }: PiiOptions = {}): readonly Detector[] {
  return [...new Set(regions)].flatMap((region) => DETECTORS[region]());
}
