import { createRateLimiter, type RateLimiter } from "@keyward/rate-limiter";
import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Benchmark } from "../benchmark.ts";
import { heapUsed } from "../measure/heap-used.ts";

const callerCount = 1_000_000;
/** The peer keeps a timer for each of them, and never drops one early. */
const peerCallerCount = 200_000;
const limits = [{ limit: 100, window: "1d" as const }];

/** What a caller costs who is counted in this process, and that a million of them stay below the bound that is set. */
export const limitsMemory: Benchmark = {
  name: "memory per caller in this process",
  async run({ quick }) {
    const callers = quick ? callerCount / 5 : callerCount;
    const ours = await bytesPerCaller(createRateLimiter({ limits, maxLocalKeys: 2 * callerCount }), callers);
    const bounded = createRateLimiter({ limits, maxLocalKeys: callers / 10 });
    const boundedBytes = (await bytesPerCaller(bounded, callers)) * callers;
    if (boundedBytes > 1.5 * ours * (callers / 10)) throw new Error("the bound doesn't hold");
    const peerLimiter = new RateLimiterMemory({ points: 100, duration: 86_400 });
    const before = heapUsed();
    for (let index = 0; index < peerCallerCount; index++) await peerLimiter.consume(nameOf(index));
    const peer = (heapUsed() - before) / peerCallerCount;
    for (let index = 0; index < peerCallerCount; index++) await peerLimiter.delete(nameOf(index));
    const note = `${callers} callers; bounded to a tenth: ${(boundedBytes / 2 ** 20).toFixed(0)} MiB in all`;
    return [
      { name: this.name, unit: "bytes", ours, peer, peerName: "rate-limiter-flexible", ratio: peer / ours, note },
    ];
  },
};

async function bytesPerCaller(limiter: RateLimiter, callers: number): Promise<number> {
  const before = heapUsed();
  for (let index = 0; index < callers; index++) await limiter.check(nameOf(index));
  const used = heapUsed() - before;
  // The last one is asked again, so that the limiter is still there when its memory is measured.
  if (!(await limiter.check(nameOf(callers - 1))).allowed) throw new Error("refused");
  return used / callers;
}

function nameOf(index: number): string {
  return `203.0.${index >> 8}.${index & 255}`;
}
