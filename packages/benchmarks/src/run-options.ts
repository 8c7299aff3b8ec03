import { parseArgs } from "node:util";

export interface RunOptions {
  /** One JSON object per line instead of a table. */
  readonly json: boolean;
  /** Fewer rounds: a first look in less than a minute. */
  readonly quick: boolean;
  /** A part of the names of the benchmarks to run. */
  readonly only: string;
}

/** @throws TypeError for an argument that there isn't. */
export function readRunOptions(args: readonly string[]): RunOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      only: { type: "string", default: "" },
    },
  });
  return values;
}
