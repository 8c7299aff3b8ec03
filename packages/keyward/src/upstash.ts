// The sub-path for stores over REST: kept off the main entry, so that nobody needs its client who has no such store.
export * from "@keyward/upstash";
