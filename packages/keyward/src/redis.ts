// The sub-path for Redis over TCP: kept off the main entry, so that bundles for the edge don't pull in sockets.
export * from "@keyward/ioredis";
