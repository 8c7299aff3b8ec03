import type { RedisServer } from "@keyward/test-kit";

/** One line of the outcome. */
export interface Result {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer?: number;
  readonly peerName?: string;
  /** How many times as good as the peer: above 1 is better, whatever the unit. */
  readonly ratio?: number;
  /** For readers, beside the figures: the best sample, what was counted, which input it was. */
  readonly note?: string;
}

export interface BenchmarkContext {
  /** Fewer rounds, for a first look. */
  readonly quick: boolean;
  /** A server of the run's own, started when it is first asked for. */
  redis(): Promise<RedisServer>;
  /** Has something closed when the benchmark is over, however it ends. */
  atEnd(close: () => Promise<void>): void;
}

export interface Benchmark {
  readonly name: string;
  /** @throws where what is measured doesn't do what it should: a fast wrong answer is no figure. */
  run(context: BenchmarkContext): Promise<readonly Result[]>;
}
