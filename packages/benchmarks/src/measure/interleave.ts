import { collectGarbage } from "./collect-garbage.ts";

/** One of several ways to do the same work. */
export interface Subject {
  readonly name: string;
  /** Makes what the next run takes, when each run needs something new. Not measured. */
  prepare?(): unknown;
  /** @param round counts up, so that each round may take another text */
  run(round: number): unknown;
}

export interface InterleaveOptions {
  readonly rounds: number;
  /** Rounds before the first one that counts. @default 3 */
  readonly warmUp?: number;
}

/** What was measured of one subject. */
export interface Measured {
  readonly name: string;
  /** Milliseconds for one run, by round. */
  readonly samples: readonly number[];
}

/**
 * Measures subjects in turn, round by round in one process, so that whatever else the machine does hits all of them.
 * Each sample comes behind an uncounted run of the same work and a collection of young garbage.
 *
 * @returns what was measured of each subject, in their order
 */
export async function interleave(
  subjects: readonly Subject[],
  { rounds, warmUp = 3 }: InterleaveOptions,
): Promise<readonly Measured[]> {
  const measured = subjects.map(({ name }) => ({ name, samples: [] as number[] }));
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const [index, subject] of subjects.entries()) {
      await subject.prepare?.();
      await subject.run(round);
      await subject.prepare?.();
      collectGarbage();
      const begin = performance.now();
      await subject.run(round);
      const elapsed = performance.now() - begin;
      if (round >= warmUp) measured[index]!.samples.push(elapsed);
    }
  }
  return measured;
}
