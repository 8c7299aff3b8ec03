import type { Benchmark } from "./benchmark.ts";
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

export const benchmarks: readonly Benchmark[] = [
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
