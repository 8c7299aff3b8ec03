import { type RedisServer, startRedis } from "@keyward/test-kit";
import type { Benchmark, BenchmarkContext } from "./benchmark.ts";
import { benchmarks } from "./benchmarks.ts";
import { toJsonLine, toTableLine } from "./report.ts";
import { type RunOptions, readRunOptions } from "./run-options.ts";

/** @returns whether it ran to its end */
async function runBenchmark(benchmark: Benchmark, { json, quick }: RunOptions): Promise<boolean> {
  let server: Promise<RedisServer> | undefined;
  const closers: (() => Promise<void>)[] = [];
  const context: BenchmarkContext = {
    quick,
    atEnd(close) {
      closers.push(close);
    },
    redis() {
      server ??= startRedis();
      return server;
    },
  };
  try {
    for (const result of await benchmark.run(context)) console.log(json ? toJsonLine(result) : toTableLine(result));
    return true;
  } catch (error) {
    console.error(`${benchmark.name}: ${error instanceof Error ? error.message : "failed"}`);
    return false;
  } finally {
    for (const close of closers) await close();
    await (await server)?.stop();
  }
}

const options = readRunOptions(process.argv.slice(2));
const benchmark = benchmarks.find(({ name }) => name === options.only);
process.exitCode = benchmark !== undefined && (await runBenchmark(benchmark, options)) ? 0 : 1;
