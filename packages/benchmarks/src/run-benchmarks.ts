import { availableParallelism } from "node:os";
import { type RedisServer, startRedis } from "@keyward/test-kit";
import type { Benchmark, BenchmarkContext } from "./benchmark.ts";
import { assignNewValues } from "./benchmarks/assign-new-values.ts";
import { cacheMemory } from "./benchmarks/cache-memory.ts";
import { hostileAnswers, hostileJson } from "./benchmarks/hostile-answers.ts";
import { hostileTexts } from "./benchmarks/hostile-texts.ts";
import { limitsInMemory } from "./benchmarks/limits-in-memory.ts";
import { limitsMemory } from "./benchmarks/limits-memory.ts";
import { limitsOnRedis } from "./benchmarks/limits-on-redis.ts";
import { pingLatency } from "./benchmarks/ping-latency.ts";
import { readsOverRest } from "./benchmarks/reads-over-rest.ts";
import { refusalsAtHome } from "./benchmarks/refusals-at-home.ts";
import { roundTrips } from "./benchmarks/round-trips.ts";
import { textSpeeds } from "./benchmarks/text-speed.ts";
import { unmaskSpeed } from "./benchmarks/unmask-speed.ts";
import { toJsonLine, toTableLine } from "./report.ts";
import type { RunOptions } from "./run-options.ts";

const benchmarks: readonly Benchmark[] = [
  roundTrips,
  ...textSpeeds,
  unmaskSpeed,
  hostileTexts,
  hostileAnswers,
  hostileJson,
  assignNewValues,
  pingLatency,
  readsOverRest,
  cacheMemory,
  limitsOnRedis,
  limitsInMemory,
  limitsMemory,
  refusalsAtHome,
];

/** @returns whether every benchmark ran to its end */
export async function runBenchmarks({ json, quick, only }: RunOptions): Promise<boolean> {
  const chosen = benchmarks.filter(({ name }) => name.includes(only));
  if (chosen.length === 0) {
    console.error(`No benchmark's name holds "${only}". There are: ${benchmarks.map(({ name }) => name).join(", ")}.`);
    return false;
  }
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
  if (!json) console.log(`Node ${process.version}, ${availableParallelism()} cores, ${new Date().toISOString()}\n`);
  let succeeded = true;
  for (const benchmark of chosen) {
    try {
      for (const result of await benchmark.run(context)) console.log(json ? toJsonLine(result) : toTableLine(result));
    } catch (error) {
      succeeded = false;
      console.error(`${benchmark.name}: ${error instanceof Error ? error.message : "failed"}`);
    }
    for (const close of closers.splice(0)) await close();
  }
  await (await server)?.stop();
  return succeeded;
}
