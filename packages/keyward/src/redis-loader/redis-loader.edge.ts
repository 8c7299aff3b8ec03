import { ConfigurationError } from "@keyward/core";
import type * as Redis from "@keyward/ioredis";

export const hasTcp: boolean = false;

/** Stands in where the runtime has no sockets, so that nothing of the backend over TCP gets into its bundles. */
export async function loadRedis(): Promise<typeof Redis> {
  throw new ConfigurationError(
    "REDIS_URL",
    "Redis needs TCP, which this runtime doesn't have; run this route on Node, or name the store's REST address",
  );
}
