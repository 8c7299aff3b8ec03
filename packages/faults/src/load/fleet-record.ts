import { createNumberingLedger, instanceId } from "@keyward/test-kit";
import type { MaskedDocument, RestoredDocument } from "./instance-task.ts";

/** What must never happen: all of these have to stay 0, whatever happens to the store. */
export interface Violations {
  /** Tokens that two values were given. */
  readonly duplicates: number;
  /** Originals that were left in a text. */
  readonly unmasked: number;
  readonly wronglyRestored: number;
  /** Instances that ended before they were told to. */
  readonly broken: number;
}

/** Everything that a fleet has reported, checked as it comes. */
export interface FleetRecord {
  readonly documents: readonly MaskedDocument[];
  readonly violations: Violations;
  /** Values that were given two numbers, or two sealed tokens. */
  readonly changed: number;
  /** Values that have a number. */
  readonly numbered: number;
  /** Values that have a sealed token. */
  readonly sealed: number;
  addMasked(document: MaskedDocument): void;
  addRestored(document: RestoredDocument): void;
  addBroken(): void;
}

export const sealedToken = /^AWS_EC2_X[0-9A-Z]+$/;
const numberedToken = /^AWS_EC2_\d{3,}$/;

export function createFleetRecord(): FleetRecord {
  const documents: MaskedDocument[] = [];
  const numbers = createNumberingLedger();
  const seals = createNumberingLedger();
  let unmasked = 0;
  let wronglyRestored = 0;
  let broken = 0;

  function add(index: number, token: string | undefined = ""): void {
    if (sealedToken.test(token)) seals.record(index, token);
    else if (numberedToken.test(token)) numbers.record(index, token);
    else unmasked += 1;
  }

  return {
    documents,
    get violations() {
      return { duplicates: numbers.duplicates + seals.duplicates, unmasked, wronglyRestored, broken };
    },
    get changed() {
      return numbers.changed + seals.changed;
    },
    get numbered() {
      return numbers.distinctValues;
    },
    get sealed() {
      return seals.distinctValues;
    },
    addMasked(document) {
      documents.push(document);
      const tokens = document.text.split("\n");
      for (const [place, index] of document.indexes.entries()) add(index, tokens[place]);
      if (document.indexes.some((index) => document.text.includes(instanceId(index)))) unmasked += 1;
    },
    addRestored(document) {
      wronglyRestored += document.wronglyRestored;
    },
    addBroken() {
      broken += 1;
    },
  };
}
