// The sub-path for stores over REST: kept off the main entry, so that nobody needs its client who has no such store.
// Value by value, for the reason that `redis.ts` gives.
export type * from "@keyward/upstash";
export { createUpstashBackend } from "@keyward/upstash";
