import {
  createKeyspace,
  createMappingStore,
  type Duration,
  type KeyValueBackend,
  readEvictionPolicy,
} from "@keyward/core";
import type { MasterKeys } from "../encryption/encryption-options.ts";
import { createNodeCipher } from "../encryption/node/node-cipher.ts";
import { findNodeCrypto } from "../encryption/node/node-crypto.ts";
import { createPlainCipher } from "../encryption/plain-cipher.ts";
import { deriveScopeKeys, scopeTag } from "../encryption/scope-keys.ts";
import { createWebCipher } from "../encryption/web/web-cipher.ts";
import { LocalCache } from "./local-cache.ts";
import { ScopeVault } from "./scope-vault.ts";

export interface ScopeVaultsOptions {
  readonly backend: KeyValueBackend;
  readonly keys: MasterKeys | undefined;
  readonly ttl: Duration | "forever";
  readonly replicas: number;
  readonly maxCachedValues: number;
  readonly maxCachedValuesPerScope: number;
  /** Called once with the eviction policy if it allows the store to drop mappings. */
  readonly onMayEvict: (policy: string) => void;
}

/** A scope in use, with the tag that stands for it in the store and in handles. */
export interface OpenScope {
  readonly tag: string;
  readonly vault: ScopeVault;
}

/** The feature's part of every key. */
const namespace = "masker";

/** How many scopes keep their derived keys. A scope that comes back later only has to derive them again. */
const maxOpenScopes = 1_000;

/** Opens a scope on first use, and keeps recently used ones within the limits on scopes and cached values. */
export class ScopeVaults {
  readonly #options: ScopeVaultsOptions;
  readonly #open = new Map<string, Promise<OpenScope>>();
  readonly #caches = new Map<string, LocalCache>();
  #hasAskedForEviction = false;
  readonly #subscriptions = new Map<string, AbortController>();

  constructor(options: ScopeVaultsOptions) {
    this.#options = options;
  }

  open(scope: string): Promise<OpenScope> {
    let opened = this.#open.get(scope);
    if (opened === undefined) {
      const created: Promise<OpenScope> = this.#create(scope, () => this.#open.get(scope) === created);
      // A failed opening isn't kept, so the next call tries again.
      created.catch(() => this.#open.get(scope) === created && this.#forget(scope));
      opened = created;
    } else {
      this.#open.delete(scope);
    }
    this.#open.set(scope, opened);
    this.#trim(scope);
    return opened;
  }

  /** @param isKept whether this opening is still the scope's current one */
  async #create(scope: string, isKept: () => boolean): Promise<OpenScope> {
    const { backend, keys, ttl, replicas, maxCachedValuesPerScope } = this.#options;
    const now = (): number => performance.now();
    const derived = keys === undefined ? undefined : await deriveScopeKeys(scope, keys.index, keys.sealing);
    const tag = derived?.scopeTag ?? (await scopeTag(scope));
    const node = findNodeCrypto();
    const cipher =
      derived === undefined
        ? createPlainCipher()
        : node === undefined
          ? await createWebCipher(derived)
          : createNodeCipher(node, derived);
    const { indexNames: indexes } = cipher;
    const store = createMappingStore({ backend, namespace, scope: tag, ttl, indexes, replicas });
    const cache = new LocalCache(maxCachedValuesPerScope);
    // If the scope was dropped while its keys were derived, nobody would ever end its subscription.
    if (isKept()) {
      this.#caches.set(scope, cache);
      this.#followErasures(store.channel, scope, cache);
    }
    this.#askForEviction(tag);
    return { tag, vault: new ScopeVault(cipher, cache, store, now) };
  }

  /** Asks when the first scope is opened. Nobody waits for the answer. */
  #askForEviction(tag: string): void {
    const { backend, onMayEvict } = this.#options;
    if (this.#hasAskedForEviction || backend.capabilities.reach === "local") return;
    this.#hasAskedForEviction = true;
    const key = createKeyspace({ feature: namespace }).key(tag, "n");
    readEvictionPolicy(backend, key).then(
      (policy) => policy !== undefined && onMayEvict(policy),
      () => {
        this.#hasAskedForEviction = false;
      },
    );
  }

  /**
   * Learns of erasures by other instances at once if the backend can push. Nobody waits for the subscription. Without it,
   * an erasure still takes effect within 30 s, because no cached entry is served for longer.
   */
  #followErasures(channel: string, scope: string, cache: LocalCache): void {
    const { backend } = this.#options;
    if (!backend.capabilities.push) return;
    const ended = new AbortController();
    this.#subscriptions.set(scope, ended);
    backend
      // The message's content is ignored. Anyone who may publish could have sent it, and it only clears the cache.
      .subscribe(channel, () => cache.clear(performance.now()), {
        onGap: () => cache.clear(performance.now()),
        signal: ended.signal,
      })
      .catch(() => undefined);
  }

  /** Drops the least recently used scopes while there are too many scopes or too many cached values. */
  #trim(current: string): void {
    const { maxCachedValues, maxCachedValuesPerScope } = this.#options;
    if (this.#open.size <= Math.min(maxOpenScopes, maxCachedValues / maxCachedValuesPerScope)) return;
    let values = 0;
    for (const cache of this.#caches.values()) values += cache.weight;
    for (const scope of this.#open.keys()) {
      if (this.#open.size <= maxOpenScopes && values <= maxCachedValues) return;
      if (scope === current) continue;
      values -= this.#caches.get(scope)?.weight ?? 0;
      this.#forget(scope);
    }
  }

  #forget(scope: string): void {
    this.#open.delete(scope);
    this.#caches.delete(scope);
    this.#subscriptions.get(scope)?.abort();
    this.#subscriptions.delete(scope);
  }
}
