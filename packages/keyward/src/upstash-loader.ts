import { ConfigurationError, type KeyValueBackend } from "@keyward/core";
import type { StoreTuning } from "./redis-options.ts";
import type { RestOptions } from "./rest-options.ts";

interface Upstash {
  createUpstashBackend(options: RestOptions & StoreTuning): KeyValueBackend;
}

/** Loads the backend over REST when it is first needed. */
export async function loadUpstash(): Promise<Upstash> {
  throw new ConfigurationError("KV_REST_API_URL", "stores over REST aren't supported yet; set REDIS_URL instead");
}
