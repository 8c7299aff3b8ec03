import { aws, createMasker, network, pii, secrets } from "@keyward/masker";
import type { Benchmark, Result } from "../benchmark.ts";
import { type HostileText, hostileTextsFor } from "../hostile/detector-texts.ts";
import { mixedTexts } from "../hostile/mixed-texts.ts";
import { usualHostileTexts } from "../hostile/usual-texts.ts";
import { flatten } from "../measure/flatten.ts";

const LENGTH = 60_000;
/** How many of the slowest are measured again, and shown. */
const SHOWN = 10;

/** How long a text takes: the first time, and the best of `rounds` more. */
interface Timing {
  readonly text: HostileText;
  readonly first: number;
  readonly best: number;
}

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
    const detect = (text: HostileText, length: number, rounds: number): Timing => {
      const source = text.make(length);
      flatten(source);
      const samples = Array.from({ length: rounds + 1 }, () => {
        const begin = performance.now();
        masker.preview(source);
        return performance.now() - begin;
      });
      return { text, first: samples[0]!, best: Math.min(...samples.slice(1)) };
    };

    const screened = texts.map((text) => detect(text, LENGTH, 2));
    const slowest = screened.sort((one, other) => other.best - one.best).slice(0, 4 * SHOWN);
    const measured = slowest
      .map(({ text, first }) => ({ ...detect(text, LENGTH, quick ? 3 : 9), first }))
      .sort((one, other) => other.best - one.best)
      .slice(0, SHOWN);
    return measured.flatMap(({ text, first, best }, index): Result[] => {
      const growth = detect(text, 4 * LENGTH, quick ? 2 : 5).best / best;
      const name = `hostile 60 KB, ${index === 0 ? "slowest" : `number ${index + 1}`} of ${texts.length}`;
      const note = `${text.name}; first time ${speed(first).toFixed(1)} MB/s; four times the length takes x ${growth.toFixed(1)}`;
      return [{ name, unit: "MB/s", ours: speed(best), note }];
    });
  },
};

function speed(milliseconds: number): number {
  return LENGTH / 1000 / milliseconds;
}
