// The sub-path for Redis over TCP: kept off the main entry, so that bundles for the edge don't pull in sockets.
// Value by value: of a package that is loaded late elsewhere and re-exported whole here, esbuild forgets to run the body.
export type * from "@keyward/ioredis";
export { createIoredisBackend } from "@keyward/ioredis";
