import type * as Redis from "@keyward/ioredis";

export const hasTcp: boolean = true;

/** Loads the backend over TCP when it is first needed: an app on memory never pays for it. */
export function loadRedis(): Promise<typeof Redis> {
  return import("@keyward/ioredis");
}
