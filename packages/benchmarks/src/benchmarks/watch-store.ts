import type { KeyValueBackend } from "@keyward/core";

/** What a masker asked its store for. */
export interface StoreUse {
  /** Milliseconds from each call to its reply, in order. */
  readonly waitedMs: number[];
}

/** A backend that notes in `use` what goes through it. */
export function watchStore(backend: KeyValueBackend, use: StoreUse): KeyValueBackend {
  const watched = async <Reply>(call: () => Promise<Reply>): Promise<Reply> => {
    const begin = performance.now();
    try {
      return await call();
    } finally {
      use.waitedMs.push(performance.now() - begin);
    }
  };
  return {
    name: backend.name,
    capabilities: backend.capabilities,
    deadlineMs: (bytes) => backend.deadlineMs?.(bytes),
    get: (...call) => watched(() => backend.get(...call)),
    getMany: (...call) => watched(() => backend.getMany(...call)),
    set: (...call) => watched(() => backend.set(...call)),
    delete: (...call) => watched(() => backend.delete(...call)),
    run: (...call) => watched(() => backend.run(...call)),
    publish: (...call) => watched(() => backend.publish(...call)),
    // One for the life of a scope, not for a document.
    subscribe: (...call) => backend.subscribe(...call),
    ping: (...call) => watched(() => backend.ping(...call)),
    close: () => backend.close(),
  };
}
