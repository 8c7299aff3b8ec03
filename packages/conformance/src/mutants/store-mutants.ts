import type { ScriptStore } from "@keyward/core";
import { DelegatingStore } from "../script/delegating-store.ts";
import type { ScriptMutant } from "./script-mutant.ts";

/**
 * Defects for any memory twin, because they lie between the twin and its store.
 *
 * A defect in something that a script never does can't be found. Leave it out by its name.
 */
export const storeMutants = {
  "no TTL is ever set": (store) => ({
    expire: (key) => store.exists(key),
    set: (key, value) => store.set(key, value),
  }),
  "TTLs are 1 ms too long": (store) => withTtl(store, (ttlMs) => ttlMs + 1),
  "TTLs are 1 ms too short": (store) => withTtl(store, (ttlMs) => ttlMs - 1),
  "TTLs are whole seconds": (store) => withTtl(store, (ttlMs) => Math.ceil(ttlMs / 1000) * 1000),
  "the time left is read 1 ms too long": (store) => ({
    ttl(key) {
      const ttlMs = store.ttl(key);
      return ttlMs === null ? null : ttlMs + 1;
    },
  }),
  "writing text keeps the TTL there was": (store) => ({
    set(key, value, ttlMs) {
      const left = store.ttl(key);
      store.set(key, value, ttlMs ?? left ?? undefined);
    },
  }),
  "a text isn't written": () => ({ set() {} }),
  "a key isn't deleted": (store) => ({ delete: (key) => store.exists(key) }),
  "the first field written is lost": (store) => {
    let written = 0;
    return {
      hashSet(key, field, value) {
        written += 1;
        if (written > 1) store.hashSet(key, field, value);
      },
    };
  },
  "a field isn't deleted": (store) => ({ hashDelete: (key, field) => store.hashGet(key, field) !== null }),
  "text goes to the first key": (store, keys) => ({
    set: (_key, value, ttlMs) => store.set(keys[0] ?? "", value, ttlMs),
  }),
  "fields go to the last key": (store, keys) => ({
    hashSet: (_key, field, value) => store.hashSet(keys.at(-1) ?? "", field, value),
  }),
  "an absent field reads as an empty one": (store) => ({ hashGet: (key, field) => store.hashGet(key, field) ?? "" }),
  "an absent key reads as an empty one": (store) => ({ get: (key) => store.get(key) ?? "" }),
  "the clock is 1 ms ahead": (store) => ({ now: store.now + 1 }),
  "the clock is 1 ms behind": (store) => ({ now: store.now - 1 }),
  "the server's id is never known": () => ({ serverId: "" }),
} satisfies Record<string, Defect>;

export type StoreDefect = keyof typeof storeMutants;

type Defect = (store: ScriptStore, keys: readonly string[]) => Partial<ScriptStore>;

/** {@link storeMutants} as a list, without the named defects, in things that the script never does. */
export function storeMutantsExcept(...unused: readonly StoreDefect[]): ScriptMutant[] {
  return Object.entries<Defect>(storeMutants)
    .filter(([name]) => !unused.some((each) => each === name))
    .map(([defect, spoil]) => ({
      defect,
      change: ({ memory }) => ({
        memory: (store, keys, args) => memory(spoiledStore(store, spoil(store, keys)), keys, args),
      }),
    }));
}

function spoiledStore(store: ScriptStore, spoiled: Partial<ScriptStore>): ScriptStore {
  const result = new DelegatingStore(store);
  for (const [name, value] of Object.entries(spoiled)) Object.defineProperty(result, name, { value });
  return result;
}

function withTtl(store: ScriptStore, change: (ttlMs: number) => number): Partial<ScriptStore> {
  return {
    expire: (key, ttlMs) => store.expire(key, change(ttlMs)),
    set(key, value, ttlMs) {
      if (ttlMs === undefined) store.set(key, value);
      else if (change(ttlMs) > 0) store.set(key, value, change(ttlMs));
      else store.delete(key);
    },
  };
}
