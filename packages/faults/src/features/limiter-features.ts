import type { KeyValueBackend } from "@keyward/core";
import {
  createConcurrencyLimiter,
  createRateLimiter,
  type OnBackendError,
  type RateLimiter,
  type RateLimitReceipt,
} from "@keyward/rate-limiter";
import type { Answer, Feature } from "./feature.ts";

const key = "user-7";

function limiterOn(backend: KeyValueBackend, name: string, onBackendError: OnBackendError): RateLimiter {
  // So high that every call reaches the store and none is refused.
  const limits = [{ limit: 1_000_000, window: "1h" as const }];
  return createRateLimiter({ backend, name, limits, onBackendError, rememberRefusals: 0 });
}

async function check(limiter: RateLimiter): Promise<Answer> {
  const { allowed, reason } = await limiter.check(key);
  if (!allowed) throw new Error("there is room, and the call is refused");
  return reason === "degraded" ? "memory" : "done";
}

async function take(limiter: RateLimiter): Promise<RateLimitReceipt> {
  const { receipt } = await limiter.check(key);
  if (receipt?.origin !== "store") throw new Error("it isn't taken from the store");
  return receipt;
}

/** A call that has been made once before, on a sound store. */
function calling(
  name: string,
  call: (limiter: RateLimiter) => Promise<Answer>,
  choice: OnBackendError = "throw",
): Feature {
  return {
    name,
    async prepare(backend) {
      const limiter = limiterOn(backend, name.replace(", ", "-"), choice);
      await call(limiter);
      return () => call(limiter);
    },
  };
}

export const limiterFeatures: readonly Feature[] = [
  calling("check, local", check, "local"),
  calling("check, throw", check),
  {
    name: "refund",
    async prepare(backend) {
      const limiter = limiterOn(backend, "refunded", "throw");
      // More than are tried while the store fails: each is good for one refund.
      const receipts = await Promise.all(Array.from({ length: 5 }, () => take(limiter)));
      return async () => {
        const isRefunded = await limiter.refund(receipts.pop() ?? (await take(limiter)));
        if (!isRefunded) throw new Error("what was taken isn't there any more");
        return "done";
      };
    },
  },
  calling("block", async (limiter) => {
    await limiter.block("user-8", "1m");
    return "done";
  }),
  calling("reset", async (limiter) => {
    await limiter.reset(key);
    return "done";
  }),
  {
    name: "acquire",
    async prepare(backend) {
      const slots = createConcurrencyLimiter({ backend, limit: 1_000 });
      const attempt = async () => {
        const slot = await slots.acquire("tenant-7", { maxWait: 0 });
        if (!slot.acquired) throw new Error("there is a slot, and it is refused");
        // Not waited for, since a release goes on trying while the store is away.
        void slot.release();
        return "done" as const;
      };
      await attempt();
      return attempt;
    },
  },
];
