import { createRateLimiter } from "@keyward/rate-limiter";
import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Benchmark } from "../benchmark.ts";
import { compareSpeeds } from "../measure/compare.ts";
import { interleave } from "../measure/interleave.ts";

const checkCount = 100_000;
const callerCount = 1_000;
/** More than a run takes of any window. */
const enough = 1_000_000_000;

/** Checks of one window without a store, beside a fixed window of the usual library. */
export const limitsInMemory: Benchmark = {
  name: "checks of one window in memory",
  async run({ quick }) {
    const ours = createRateLimiter({ limits: [{ limit: enough, window: "1m" }] });
    const peer = new RateLimiterMemory({ points: enough, duration: 60 });
    const checkAll = async (check: (key: string) => Promise<unknown>): Promise<void> => {
      // A new text each time, as a request brings it: of one used before the engine knows the hash already.
      for (let index = 0; index < checkCount; index++) await check(`caller-${index % callerCount}`);
    };
    const measured = await interleave(
      [
        { name: "keyward", run: () => checkAll((key) => ours.check(key)) },
        { name: "rate-limiter-flexible", run: () => checkAll((key) => peer.consume(key)) },
      ],
      { rounds: quick ? 11 : 31 },
    );
    return compareSpeeds(this.name, "checks/s", checkCount, measured);
  },
};
