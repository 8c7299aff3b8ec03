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
  const url = process.env["REDIS_URL"];
  const isShared = backend.capabilities.reach === "shared";
  const first = countRoundTrips(backend);
  // One environment has one backend: what stands for another instance of the app gets a copy of it.
  const second = countRoundTrips(isShared ? createBackendFromEnv({ ...process.env }) : backend);
  return {
    // The host alone: the rest of the URL may hold a password.
    name: url === undefined ? backend.name : `Redis at ${new URL(url).host}`,
    first,
    second,
    async close() {
      await Promise.all([first.close(), second.close()]);
    },
  };
}
