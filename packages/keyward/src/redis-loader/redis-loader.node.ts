import { ConfigurationError } from "@keyward/core";
import type * as Redis from "@keyward/ioredis";

/** Loads the backend over TCP when it is first needed. */
export async function loadRedis(): Promise<typeof Redis> {
  try {
    return await import("@keyward/ioredis");
  } catch (cause) {
    throw new ConfigurationError("REDIS_URL", "needs the package ioredis; run: npm install ioredis", { cause });
  }
}
