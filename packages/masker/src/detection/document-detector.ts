import type { TokenReading } from "../tokens/token-reader.ts";
import type { Confidence, Detector } from "./detector.ts";
import { findElsewhere } from "./document-terms.ts";
import type { Candidate, Finding } from "./finding.ts";
import { lookAlikeTriggers } from "./look-alikes.ts";
import { createScanner } from "./scanner.ts";
import { settle } from "./settle.ts";

/** The type of text that only looks like a token: masked as it stands, so that nothing but our own tokens is restored. */
export const LITERAL_TYPE = "TEXT_LITERAL";

export interface DocumentDetectorOptions {
  readonly detectors: readonly Detector[];
  readonly isAllowed: (value: string) => boolean;
  readonly minimumConfidence: Confidence;
  /** Every type that the reader knows. */
  readonly types: Iterable<string>;
  readonly readTokens: (text: string) => readonly TokenReading[];
}

/** @returns whether a token in the text is to stay as it is */
export type KeepToken = (type: string, number: number) => boolean;

export interface DocumentDetector {
  /** What is to be masked in `text`: in order, none overlapping or touching another. */
  find(text: string, keep?: KeepToken): Finding[];
}

const ranks: Record<Confidence, number> = { low: 0, medium: 1, high: 2 };

export function createDocumentDetector(options: DocumentDetectorOptions): DocumentDetector {
  const { detectors, isAllowed, minimumConfidence, readTokens } = options;
  const confident = detectors.filter(({ confidence }) => ranks[confidence ?? "high"] >= ranks[minimumConfidence]);
  const scanner = createScanner(confident, lookAlikeTriggers(options.types));

  return {
    find(text, keep = () => false) {
      const { candidates, marked } = scanner.find(text);
      let wanted = candidates.filter(({ start, end }) => !isAllowed(text.slice(start, end)));
      const tokens = marked ? readTokens(text) : [];
      const kept = tokens.filter(({ type, number }) => keep(type, number));
      if (kept.length > 0) wanted = outsideOf(kept, wanted);
      if (wanted.length > 0) wanted = wanted.concat(findElsewhere(text, wanted));
      for (const token of tokens) if (!keep(token.type, token.number)) wanted.push(literalOf(token));
      return settle(text, wanted);
    },
  };
}

function literalOf({ start, end }: TokenReading): Candidate {
  return { type: LITERAL_TYPE, start, end, confidence: "high", priority: Number.MAX_SAFE_INTEGER, everywhere: true };
}

/** Drops what a detector sees in a kept token itself; what covers more than the token is still masked, token and all. */
function outsideOf(kept: readonly TokenReading[], candidates: readonly Candidate[]): Candidate[] {
  const endByStart = new Map(kept.map(({ start, end }) => [start, end]));
  return candidates.filter(({ start, end }) => end > (endByStart.get(start) ?? 0));
}
