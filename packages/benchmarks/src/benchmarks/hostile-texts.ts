import { aws, createMasker, network, pii, secrets } from "@keyward/masker";
import type { Benchmark, Result } from "../benchmark.ts";
import { type HostileText, hostileTextsFor } from "../hostile/detector-texts.ts";
import { mixedTexts } from "../hostile/mixed-texts.ts";
import { usualHostileTexts } from "../hostile/usual-texts.ts";
import { flatten } from "../measure/flatten.ts";

const LENGTH = 60_000;
/** How many of the slowest are measured again, and how many of these are shown. */
const SUSPECTS = 60;
const SHOWN = 10;

/**
 * Texts of 60,000 characters that are made to be slow, for each detector and in general: the speed of the slowest, and
 * how much longer four times its length takes.
 */
export const hostileTexts: Benchmark = {
  name: "hostile 60 KB",
  run: async ({ quick }) => {
    const masker = createMasker();
    const detectors = [...aws(), ...secrets(), ...pii(), ...network()];
    const texts = [...usualHostileTexts, ...mixedTexts(detectors), ...hostileTextsFor(detectors)];
    const find = (text: string): unknown => masker.preview(text);

    const screened = bestTimes(texts, LENGTH, 3, find);
    const suspects = screened.slice(0, SUSPECTS).map(({ text }) => text);
    const slowest = bestTimes(suspects, LENGTH, quick ? 10 : 40, find).slice(0, SHOWN);
    const longer = bestTimes(
      slowest.map(({ text }) => text),
      4 * LENGTH,
      quick ? 3 : 12,
      find,
    );
    return slowest.map(({ text, best }, index): Result => {
      const growth = longer.find((timing) => timing.text === text)!.best / best;
      return {
        name: `hostile 60 KB, ${index === 0 ? "slowest" : `number ${index + 1}`} of ${texts.length}`,
        unit: "MB/s",
        ours: LENGTH / 1000 / best,
        note: `${text.name}; four times the length takes x ${growth.toFixed(1)}`,
      };
    });
  },
};

interface Timing {
  readonly text: HostileText;
  /** Milliseconds. */
  readonly best: number;
}

/**
 * The best of `rounds` for each text, the slowest text first. The texts take turns, so that a moment in which the machine
 * is busy elsewhere doesn't fall on all the rounds of one.
 */
function bestTimes(
  texts: readonly HostileText[],
  length: number,
  rounds: number,
  find: (text: string) => unknown,
): readonly Timing[] {
  const best = texts.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [index, text] of texts.entries()) {
      const source = text.make(length);
      flatten(source);
      const begin = performance.now();
      find(source);
      best[index] = Math.min(best[index]!, performance.now() - begin);
    }
  }
  return texts.map((text, index) => ({ text, best: best[index]! })).sort((one, other) => other.best - one.best);
}
