import type { KeyValueBackend } from "@keyward/core";
import type { BackendExpectations, CreateBackend } from "./backend-expectations.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { until } from "./until.ts";

/** What a check works with: the backend, and its own keys and time. */
export interface BackendSubject {
  readonly expectations: BackendExpectations;
  /** Shared by the checks, so none may close it. */
  readonly backend: KeyValueBackend;
  /** Another backend over the same store, or the same one if there is no second. */
  readonly second: KeyValueBackend;
  /** Creates an instance for this check only. It is closed at the end if the check hasn't closed it. */
  readonly fresh: () => Promise<KeyValueBackend>;
  /** Returns a key, or channel, that nobody has used before. Two of them are hardly ever in the same hash slot. */
  readonly key: (name?: string) => string;
  /** See {@link BackendExpectations.patienceMs}. */
  readonly patienceMs: number;
  readonly inbox: () => Inbox;
  /** Returns unused keys that share a hash slot. */
  readonly slotKeys: (count: number) => string[];
  /** Resolves once the store's clock has moved on by `ms`, and hardly later. */
  readonly elapse: (ms: number) => Promise<void>;
  /** Deletes the keys and closes what was opened. */
  readonly close: () => Promise<void>;
}

export async function openSubject(create: CreateBackend, expectations: BackendExpectations): Promise<BackendSubject> {
  const opened: KeyValueBackend[] = [];
  const open = async (from: CreateBackend): Promise<KeyValueBackend> => {
    const backend = await from();
    opened.push(backend);
    return backend;
  };
  const backend = await open(create);
  const second = expectations.createSecond ? await open(expectations.createSecond) : backend;
  const { patienceMs = 5000 } = expectations;
  const run = crypto.randomUUID();
  const keys: string[] = [];
  const key = (name = "key") => {
    keys.push(`keyward-conformance:${run}:${keys.length}:${name}`);
    return keys.at(-1) ?? "";
  };
  const slotKeys = (count: number) => {
    const tag = `keyward-conformance:{${run}:${keys.length}}`;
    const added = Array.from({ length: count }, (_, index) => `${tag}:${index}`);
    keys.push(...added);
    return added;
  };
  const elapse = async (ms: number) => {
    if (expectations.advance) return expectations.advance(ms);
    // Only the store's own clock counts: when this key is gone, so is every key that had at most `ms` left before.
    const marker = key("marker");
    await backend.set(marker, "", { ttlMs: ms });
    await until(`a key with a TTL of ${ms} ms is gone`, async () => (await backend.get(marker)) === null);
  };
  const close = async () => {
    await backend.delete(keys);
    for (const each of opened) await each.close();
  };
  return {
    expectations,
    backend,
    second,
    fresh: () => open(create),
    key,
    patienceMs,
    inbox: () => createInbox(patienceMs),
    slotKeys,
    elapse,
    close,
  };
}
