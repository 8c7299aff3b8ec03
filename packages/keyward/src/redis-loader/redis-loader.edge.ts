import { ConfigurationError } from "@keyward/core";
import type * as Redis from "@keyward/ioredis";

/** Stands in where the runtime has no sockets. */
export async function loadRedis(): Promise<typeof Redis> {
  throw new ConfigurationError("REDIS_URL", "needs TCP, which this runtime doesn't have; unset it to use memory");
}
