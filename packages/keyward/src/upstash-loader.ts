import { ConfigurationError } from "@keyward/core";
import type * as Upstash from "@keyward/upstash";

/** Loads the backend over REST when it is first needed: it runs everywhere, and its client may not be installed. */
export async function loadUpstash(): Promise<typeof Upstash> {
  try {
    await import("@upstash/redis");
  } catch (cause) {
    throw new ConfigurationError("@upstash/redis", "can't be loaded; install it with: npm install @upstash/redis", {
      cause,
    });
  }
  return import("@keyward/upstash");
}
