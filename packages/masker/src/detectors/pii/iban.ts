/** The length of each country's IBANs, from SWIFT's registry. */
const countriesByLength: Readonly<Record<number, string>> = {
  15: "NO",
  16: "BE",
  18: "DK FI FK FO GL NL SD",
  19: "MK SI",
  20: "AT BA EE KZ LT LU MN XK",
  21: "CH CR HR LI LV",
  22: "BG BH DE GB GE IE ME RS",
  23: "AE GI IL IQ OM SO TL",
  24: "AD CZ ES MD PK RO SA SE SK TN VG",
  25: "LY PT ST",
  26: "IS TR",
  27: "BI DJ FR GR IT MC MR SM",
  28: "AL AZ BY CY DO GT HU LB NI PL SV",
  29: "BR EG PS QA UA",
  30: "JO KW MU YE",
  31: "MT SC",
  32: "LC",
  33: "RU",
};

/**
 * The source of a pattern for an IBAN with or without single spaces. It has exactly its country's length, so that a word
 * after it is never taken for its last group.
 */
export const ibanPattern = Object.entries(countriesByLength)
  .map(([length, countries]) => `(?:${countries.split(" ").join("|")})[0-9]{2}(?: ?[A-Z0-9]){${Number(length) - 4}}`)
  .join("|");

/** Whether the check digits of an IBAN are right (ISO 7064, mod 97-10). Spaces are skipped. */
export function passesMod97(iban: string): boolean {
  const compact = iban.replaceAll(" ", "");
  let remainder = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
