import { type Corpus, collectLines } from "./corpus.ts";
import { benignLogLine } from "./log-lines.ts";
import { plantedKinds, plantedLine } from "./planted-values.ts";
import { Random } from "./random.ts";

/** Distinct values of each kind: a log names the same people and machines again and again. */
const valuesOfAKind = 12;

/** How many lines hold a sensitive value, so that these make up one character in a hundred. */
const plantedShare = 0.054;

/** A log of several programs in which about 1 % of the characters are sensitive, of ten kinds. */
export function createLogCorpus(seed: number): Corpus {
  const random = new Random(seed);
  const pools = plantedKinds.map((kind) => ({
    kind,
    values: Array.from({ length: valuesOfAKind }, () => kind.value(random)),
  }));
  let planted = 0;
  return collectLines(() => {
    if (random.fraction() >= plantedShare) return [{ text: benignLogLine(random) }];
    // In turn, so that every kind is there equally often.
    const { kind, values } = pools[planted++ % pools.length]!;
    return [{ text: `${timestamp(random)} ` }, ...plantedLine(kind, values, random)];
  });
}

function timestamp(random: Random): string {
  const part = (most: number): string => String(random.integer(0, most)).padStart(2, "0");
  return `2026-11-${String(random.integer(1, 28)).padStart(2, "0")}T${part(23)}:${part(59)}:${part(59)}.${random.digits(3)}Z`;
}
