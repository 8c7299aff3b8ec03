/** A range of numbers that nobody was given, both ends included. */
export interface Hole {
  readonly from: number;
  readonly to: number;
}

/** Records which value was given which token, and checks that each value has one number for good. */
export interface NumberingLedger {
  record(value: number, token: string): void;
  /** Values that were given two different tokens. */
  readonly changed: number;
  /** Tokens that were given to two different values. */
  readonly duplicates: number;
  readonly distinctValues: number;
  /** The first token of each value. */
  tokens(): ReadonlyMap<number, string>;
  /** The ranges of numbers, between 1 and the highest one given, that nobody was given. */
  holes(): Hole[];
}

export function createNumberingLedger(): NumberingLedger {
  const tokenOf = new Map<number, string>();
  const holders = new Map<string, number>();
  let changed = 0;
  let duplicates = 0;

  return {
    record(value, token) {
      const known = tokenOf.get(value);
      if (known === undefined) tokenOf.set(value, token);
      else if (known !== token) changed += 1;
      const holder = holders.get(token);
      if (holder === undefined) holders.set(token, value);
      else if (holder !== value) duplicates += 1;
    },
    get changed() {
      return changed;
    },
    get duplicates() {
      return duplicates;
    },
    get distinctValues() {
      return tokenOf.size;
    },
    tokens: () => tokenOf,
    holes() {
      const numbers = [...holders.keys()].map(numberOf).sort((left, right) => left - right);
      const holes: Hole[] = [];
      let previous = 0;
      for (const number of numbers) {
        if (number > previous + 1) holes.push({ from: previous + 1, to: number - 1 });
        previous = number;
      }
      return holes;
    },
  };
}

function numberOf(token: string): number {
  const digits = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+_(\d{3,})$/.exec(token)?.[1];
  if (digits === undefined) throw new Error("a value came back without a token");
  return Number(digits);
}
