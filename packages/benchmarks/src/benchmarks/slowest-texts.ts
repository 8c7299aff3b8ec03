import type { Result } from "../benchmark.ts";
import type { HostileText } from "../hostile/detector-texts.ts";
import { flatten } from "../measure/flatten.ts";

const textLength = 60_000;
/** How many of the slowest are measured again. */
const suspectCount = 60;
const resultCount = 10;

type Work = (text: string) => unknown;

interface Timing {
  readonly text: HostileText;
  /** Milliseconds. */
  readonly best: number;
}

/** The speed at which `work` is done with the slowest ten of some texts, and how much longer four times their length takes. */
export async function slowestTexts(
  name: string,
  texts: readonly HostileText[],
  work: Work,
  quick: boolean,
): Promise<readonly Result[]> {
  const screened = await bestTimes(texts, textLength, 3, work);
  const suspects = screened.slice(0, suspectCount).map(({ text }) => text);
  const slowest = (await bestTimes(suspects, textLength, quick ? 10 : 40, work)).slice(0, resultCount);
  const longer = await bestTimes(
    slowest.map(({ text }) => text),
    4 * textLength,
    quick ? 3 : 12,
    work,
  );
  return slowest.map(({ text, best }, index): Result => {
    const growth = longer.find((timing) => timing.text === text)!.best / best;
    return {
      name: `${name}, ${index === 0 ? "slowest" : `number ${index + 1}`} of ${texts.length}`,
      unit: "MB/s",
      ours: textLength / 1000 / best,
      note: `${text.name}; four times the length takes x ${growth.toFixed(1)}`,
    };
  });
}

/**
 * The best of `rounds` for each text, the slowest text first. The texts take turns, so that a moment in which the machine
 * is busy elsewhere doesn't fall on all the rounds of one.
 */
async function bestTimes(
  texts: readonly HostileText[],
  length: number,
  rounds: number,
  work: Work,
): Promise<readonly Timing[]> {
  const best = texts.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [index, text] of texts.entries()) {
      const source = text.make(length);
      flatten(source);
      const begin = performance.now();
      await work(source);
      best[index] = Math.min(best[index]!, performance.now() - begin);
    }
  }
  return texts.map((text, index) => ({ text, best: best[index]! })).sort((one, other) => other.best - one.best);
}
