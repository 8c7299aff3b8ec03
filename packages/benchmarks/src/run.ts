import { runBenchmarks } from "./run-benchmarks.ts";
import { readRunOptions } from "./run-options.ts";

process.exitCode = runBenchmarks(readRunOptions(process.argv.slice(2))) ? 0 : 1;
