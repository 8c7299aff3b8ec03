import { firstAlike } from "../matcher/first-alike.ts";
import type { TokenReading } from "../tokens/token-reader.ts";
import type { TokenReference } from "../tokens/token-reference.ts";
import type { Confidence, Detector } from "./detector.ts";
import type { DocumentParts } from "./document-parts.ts";
import { findElsewhere, termsOf } from "./document-terms.ts";
import type { Candidate } from "./finding.ts";
import { findLiterals } from "./literals.ts";
import { lookAlikeTriggers } from "./look-alikes.ts";
import { createScanner } from "./scanner.ts";
import { settle } from "./settle.ts";

export interface DocumentDetectorOptions {
  readonly detectors: readonly Detector[];
  readonly isAllowed: ((value: string) => boolean) | undefined;
  readonly minimumConfidence: Confidence;
  /** Every type that the reader knows. */
  readonly types: Iterable<string>;
  /** A written token of a type that the reader doesn't know. */
  readonly placeholder: string;
  readonly readTokens: (text: string) => readonly TokenReading[];
}

/** Whether a token in the text should stay as it is. */
export type KeepToken = (token: TokenReference) => boolean;

export interface Detection {
  /** In text order. No two overlap or touch. */
  readonly findings: readonly Candidate[];
  /** For each finding, the index of the first finding with the same text. */
  readonly first: Int32Array;
}

export interface DocumentDetector {
  /**
   * Finds what has to be masked in `text`.
   *
   * @param parts how the text is divided; by default it is one piece
   */
  find(text: string, keep?: KeepToken, parts?: DocumentParts): Detection;
}

const ranks: Record<Confidence, number> = { low: 0, medium: 1, high: 2 };
const keepNone: KeepToken = () => false;

export function createDocumentDetector(options: DocumentDetectorOptions): DocumentDetector {
  const { detectors, isAllowed, minimumConfidence, placeholder, readTokens } = options;
  const confident = detectors.filter(({ confidence }) => ranks[confidence ?? "high"] >= ranks[minimumConfidence]);
  const scanner = createScanner(confident, lookAlikeTriggers(options.types));

  const findShielded = (parts: DocumentParts | undefined): Candidate[] => {
    if (parts?.shielded === undefined) return [];
    const { text, cut } = parts.shielded;
    return scanner.find(text).candidates.flatMap((one) => [...cut(one)]);
  };

  return {
    find(text, keep = keepNone, parts) {
      const scanned = scanner.find(text);
      const { marked, units } = scanned;
      const cut = (all: Candidate[]) => (parts === undefined ? all : all.flatMap((one) => [...parts.cut(one)]));
      const candidates = cut(scanned.candidates).concat(findShielded(parts));
      let wanted =
        isAllowed === undefined
          ? candidates
          : candidates.filter(({ start, end }) => !isAllowed(text.slice(start, end)));
      if (marked && keep !== keepNone) wanted = outsideOf(readTokens(text).filter(keep), wanted);
      const found = settle(text, wanted);
      const terms = termsOf(wanted, found);
      const first = firstAlike(text, units, terms);
      let findings = found;
      const elsewhere = cut(findElsewhere(units, terms, first, found));
      if (elsewhere.length > 0) {
        wanted = wanted.concat(elsewhere);
        findings = settle(text, wanted);
      }
      if (marked) {
        const literals = findLiterals(text, findings, { placeholder, readTokens, isKept: keep });
        if (literals.length > 0) findings = settle(text, wanted.concat(literals));
      }
      // `terms` begins with the findings, so `first` holds for them too.
      return { findings, first: findings === found ? first : firstAlike(text, units, findings) };
    },
  };
}

/** Drops candidates inside kept tokens. A candidate that covers more than the token is still masked, with the token. */
function outsideOf(kept: readonly TokenReading[], candidates: readonly Candidate[]): Candidate[] {
  const endByStart = new Map(kept.map(({ start, end }) => [start, end]));
  return candidates.filter(({ start, end }) => end > (endByStart.get(start) ?? 0));
}
