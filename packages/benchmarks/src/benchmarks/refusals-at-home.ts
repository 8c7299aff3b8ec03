import { createRateLimiter } from "@keyward/rate-limiter";
import { RateLimiterRedis } from "rate-limiter-flexible";
import type { Benchmark } from "../benchmark.ts";
import { compareSpeeds } from "../measure/compare.ts";
import { interleave } from "../measure/interleave.ts";
import { openClients } from "./open-clients.ts";

const checkCount = 100_000;
const callerCount = 1_000;

/** Callers whose limit on a Redis is spent, and who go on asking: refused without asking the store. */
export const refusalsAtHome: Benchmark = {
  name: "callers known to be blocked",
  async run(context) {
    const { backend, client } = await openClients(context);
    const keys = Array.from({ length: callerCount }, (_, index) => `blocked-${index}`);
    const ours = createRateLimiter({
      backend,
      limits: [{ limit: 1, window: "1d" }],
      rememberRefusals: "1h",
      onBackendError: "throw",
    });
    const peer = new RateLimiterRedis({
      storeClient: client,
      points: 1,
      duration: 86_400,
      inMemoryBlockOnConsumed: 2,
    });
    const ask = async (key: string): Promise<boolean> => (await ours.check(key)).allowed;
    const askPeer = (key: string): Promise<boolean> =>
      peer.consume(key).then(
        () => true,
        () => false,
      );
    for (const key of [...keys, ...keys]) await Promise.all([ask(key), askPeer(key)]);
    const askAll = async (isAllowed: (key: string) => Promise<boolean>): Promise<void> => {
      for (let index = 0; index < checkCount; index++) {
        if (await isAllowed(keys[index % callerCount]!)) throw new Error("a blocked caller got through");
      }
    };
    const measured = await interleave(
      [
        { name: "keyward", run: () => askAll(ask) },
        { name: "rate-limiter-flexible", run: () => askAll(askPeer) },
      ],
      { rounds: context.quick ? 11 : 31 },
    );
    return compareSpeeds(this.name, "checks/s", checkCount, measured);
  },
};
