import { createBackendFromEnv } from "keyward";
import { type CountingBackend, countRoundTrips } from "./counting-backend.ts";

export interface Stores {
  /** For people: `memory`, or the Redis server's host and port. */
  readonly name: string;
  /** What the first instance of the app talks to. */
  readonly first: CountingBackend;
  /** What the second one talks to: a connection of its own, or the same memory where there is nothing to connect to. */
  readonly second: CountingBackend;
  close(): Promise<void>;
}

export function openStores(): Stores {
  const backend = createBackendFromEnv();
  const isShared = backend.capabilities.reach === "shared";
  const first = countRoundTrips(backend);
  const second = countRoundTrips(isShared ? createBackendFromEnv() : backend);
  return {
    name: isShared ? `Redis at ${new URL(process.env["REDIS_URL"] ?? "redis://localhost").host}` : "memory",
    first,
    second,
    async close() {
      await Promise.all([first.close(), second.close()]);
    },
  };
}
