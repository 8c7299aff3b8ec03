import { createHash } from "node:crypto";
import { createRateLimiter } from "@keyward/rate-limiter";
import { Ratelimit } from "@upstash/ratelimit";
import type { Redis } from "ioredis";
import { RateLimiterRedis, RateLimiterUnion } from "rate-limiter-flexible";
import type { Benchmark } from "../benchmark.ts";
import { compareSpeeds } from "../measure/compare.ts";
import { inFlight } from "../measure/in-flight.ts";
import { interleave } from "../measure/interleave.ts";
import { openClients } from "./open-clients.ts";

const checkCount = 2_000;
const callerCount = 500;
const width = 50;
const perMinute = 1_000;
const perDay = 100_000;

/**
 * A limit a minute and one a day, fifty checks under way at once, on one Redis over TCP: one step of ours, the two steps of
 * others, and as many bare INCRs.
 */
export const limitsOnRedis: Benchmark = {
  name: "minute and day on Redis",
  async run(context) {
    const { backend, client } = await openClients(context);

    const limiter = createRateLimiter({
      backend,
      // Decided in the store's place it would be fast, and no figure.
      onBackendError: "throw",
      limits: [
        { limit: perMinute, window: "1m" },
        { limit: perDay, window: "1d" },
      ],
    });
    const flexible = new RateLimiterUnion(
      new RateLimiterRedis({ storeClient: client, keyPrefix: "minute", points: perMinute, duration: 60 }),
      new RateLimiterRedis({ storeClient: client, keyPrefix: "day", points: perDay, duration: 86_400 }),
    );
    const [minute, day] = [slidingWindow(client, perMinute, "1 m"), slidingWindow(client, perDay, "1 d")];
    const subjects = [
      { name: "keyward", check: async (key: string) => (await limiter.check(key)).allowed },
      {
        name: "rate-limiter-flexible's union",
        check: async (key: string) => (await flexible.consume(key)) !== undefined,
      },
      {
        name: "@upstash/ratelimit twice",
        check: async (key: string) => (await minute.limit(key)).success && (await day.limit(key)).success,
      },
      { name: "bare INCR", check: async (key: string) => (await client.incr(`count:${key}`)) > 0 },
    ];
    const keys = Array.from({ length: callerCount }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
    const measured = await interleave(
      subjects.map(({ name, check }) => ({
        name,
        run: () =>
          inFlight(checkCount, width, async (index) => {
            if (!(await check(keys[index % callerCount] as string))) throw new Error(`${name} refused`);
          }),
      })),
      // A server's app runs for days: the compiler is to be done with all of them.
      { rounds: context.quick ? 11 : 41, warmUp: 10 },
    );
    return compareSpeeds(this.name, "checks/s", checkCount, measured);
  },
};

/** Over the same connection as the others, as far as that library asks for one. */
function slidingWindow(client: Redis, limit: number, window: `${number} ${"m" | "d"}`): Ratelimit {
  const digests = new Map<string, string>();
  const redis = {
    evalsha(digest: string, keys: string[], args: unknown[]): Promise<unknown> {
      const known = digests.get(digest);
      if (known === undefined) return Promise.reject(new Error("NOSCRIPT"));
      return client.evalsha(known, keys.length, ...keys, ...args.map(String));
    },
    eval(script: string, keys: string[], args: unknown[]): Promise<unknown> {
      // Only the platform that it is made for knows the flag in its first line.
      const body = script.replace(/^\s*#!lua[^\n]*/, "");
      digests.set(sha1(script), sha1(body));
      return client.eval(body, keys.length, ...keys, ...args.map(String));
    },
  };
  return new Ratelimit({
    redis: redis as unknown as ConstructorParameters<typeof Ratelimit>[0]["redis"],
    limiter: Ratelimit.slidingWindow(limit, window),
    prefix: `upstash:${window}`,
    ephemeralCache: false,
  });
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
