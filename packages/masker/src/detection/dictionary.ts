import { ConfigurationError, ownOptions } from "@keyward/core";
import type { Confidence, TermDetector } from "./detector.ts";
import { checkDetectorBase } from "./detector-base.ts";

const maxTerms = 100_000;
const maxTermLength = 1_024;
const maxTermUnits = 1_000_000;

export interface DictionaryOptions {
  /** The token type, with at least two parts: `CORP_CUSTOMER`. */
  readonly type: string;
  /** At most 100,000 terms of at most 1,024 UTF-16 code units each, and 1,000,000 in all. */
  readonly terms: Iterable<string>;
  /**
   * With `"insensitive"`, a term is found in any upper and lower case. Each spelling counts as an original of its own.
   *
   * @default "sensitive"
   */
  readonly case?: "sensitive" | "insensitive";
  /**
   * Decides between findings of the same length; the higher one wins.
   *
   * @default 0
   */
  readonly priority?: number;
  /** @default "high" */
  readonly confidence?: Confidence;
}

/**
 * Finds exact terms: customer names, project names, host names. Thousands cost no more than one, because one pass looks for
 * all of them.
 *
 * If a term is inside a longer word, the whole word is masked.
 *
 * @throws {ConfigurationError} naming the option at fault. It names a term only by its index, because it may be a secret.
 * @example
 * dictionary({ type: "CORP_CUSTOMER", terms: ["Contoso", "Fabrikam"], case: "insensitive" });
 */
export function dictionary(options: DictionaryOptions): TermDetector {
  return compileDictionary("", options);
}

/** @param path what comes before an option's name in a message, such as `detectors[0].` */
export function compileDictionary(path: string, options: DictionaryOptions): TermDetector {
  const {
    type,
    terms,
    case: mode = "sensitive",
    priority = 0,
    confidence = "high",
  } = ownOptions(path.slice(0, -1) || "options", options);
  checkDetectorBase(path, { type, priority, confidence });
  if (mode !== "sensitive" && mode !== "insensitive") {
    throw new ConfigurationError(`${path}case`, 'must be "sensitive" or "insensitive"');
  }
  return { kind: "terms", type, terms: checkTerms(`${path}terms`, terms), case: mode, priority, confidence };
}

/** @returns the terms without duplicates */
function checkTerms(field: string, terms: Iterable<string>): readonly string[] {
  if (typeof terms !== "object" || terms === null || typeof terms[Symbol.iterator] !== "function") {
    throw new ConfigurationError(field, "must be a list of strings");
  }
  const known = new Set<string>();
  let units = 0;
  let index = 0;
  for (const term of terms) {
    if (typeof term !== "string" || term.trim() === "") {
      throw new ConfigurationError(`${field}[${index}]`, "must be a string that isn't blank");
    }
    if (term.length > maxTermLength) {
      throw new ConfigurationError(`${field}[${index}]`, `must have at most ${maxTermLength} characters`);
    }
    index++;
    if (known.has(term)) continue;
    known.add(term);
    units += term.length;
    if (known.size > maxTerms || units > maxTermUnits) {
      throw new ConfigurationError(
        field,
        `must have at most ${maxTerms} terms and ${maxTermUnits} characters in all; leave out terms that your texts can't contain`,
      );
    }
  }
  return [...known];
}
