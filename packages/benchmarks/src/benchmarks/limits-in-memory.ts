import { createRateLimiter } from "@keyward/rate-limiter";
import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Benchmark } from "../benchmark.ts";
import { compareSpeeds } from "../measure/compare.ts";
import { interleave } from "../measure/interleave.ts";

const CHECKS = 100_000;
const CALLERS = 1_000;
/** More than a run takes of any window. */
const ENOUGH = 1_000_000_000;

/** Checks of one window without a store, beside a fixed window of the usual library. */
export const limitsInMemory: Benchmark = {
  name: "checks of one window in memory",
  async run({ quick }) {
    const ours = createRateLimiter({ limits: [{ limit: ENOUGH, window: "1m" }] });
    const peer = new RateLimiterMemory({ points: ENOUGH, duration: 60 });
    const checkAll = async (check: (key: string) => Promise<unknown>): Promise<void> => {
      // A new text each time, as a request brings it: of one used before the engine knows the hash already.
      for (let index = 0; index < CHECKS; index++) await check(`caller-${index % CALLERS}`);
    };
    const measured = await interleave(
      [
        { name: "keyward", run: () => checkAll((key) => ours.check(key)) },
        { name: "rate-limiter-flexible", run: () => checkAll((key) => peer.consume(key)) },
      ],
      { rounds: quick ? 11 : 31 },
    );
    return compareSpeeds(this.name, "checks/s", CHECKS, measured);
  },
};
