import { collectGarbage } from "./collect-garbage.ts";

/** One of several ways to do the same work. */
export interface Subject {
  readonly name: string;
  /** @param round counts up, so that each round may take another text */
  run(round: number): unknown;
}

export interface InterleaveOptions {
  readonly rounds: number;
  /** Times that a sample repeats the work, for what is quicker than a clock's grain. @default 1 */
  readonly repeat?: number;
  /** Rounds before the first one that counts. @default 3 */
  readonly warmUp?: number;
}

/** Milliseconds for one run of a subject, by round. */
export type Samples = readonly number[];

/**
 * Measures subjects in turn, round by round in one process, so that whatever else the machine does hits all of them.
 * Each sample comes behind an uncounted run of the same work and a collection of garbage.
 *
 * @returns the samples of each subject, in their order
 */
export async function interleave(
  subjects: readonly Subject[],
  { rounds, repeat = 1, warmUp = 3 }: InterleaveOptions,
): Promise<readonly Samples[]> {
  const samples: number[][] = subjects.map(() => []);
  for (let round = -warmUp; round < rounds; round++) {
    for (const [index, subject] of subjects.entries()) {
      const turn = round + warmUp;
      await subject.run(turn);
      collectGarbage();
      const begin = performance.now();
      for (let count = 0; count < repeat; count++) await subject.run(turn);
      const elapsed = (performance.now() - begin) / repeat;
      if (round >= 0) samples[index]!.push(elapsed);
    }
  }
  return samples;
}
