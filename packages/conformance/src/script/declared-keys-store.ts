import type { ScriptStore } from "@keyward/core";
import { DelegatingStore } from "./delegating-store.ts";

/**
 * Notes each key that a twin uses without having been given it. On a Redis Cluster, its Lua would fail there.
 *
 * Returns the fields of a hash backwards. Redis promises no order, but keeps the order of writing while a hash is small, so a
 * twin that relied on it would pass the tests and fail on a large hash.
 */
export class DeclaredKeysStore extends DelegatingStore {
  readonly undeclared = new Set<string>();
  readonly #declared: ReadonlySet<string>;

  constructor(inner: ScriptStore, declared: readonly string[]) {
    super(inner);
    this.#declared = new Set(declared);
  }

  override get(key: string): string | null {
    return super.get(this.#seen(key));
  }

  override set(key: string, value: string, ttlMs?: number): void {
    super.set(this.#seen(key), value, ttlMs);
  }

  override delete(key: string): boolean {
    return super.delete(this.#seen(key));
  }

  override exists(key: string): boolean {
    return super.exists(this.#seen(key));
  }

  override hashGet(key: string, field: string): string | null {
    return super.hashGet(this.#seen(key), field);
  }

  override hashSet(key: string, field: string, value: string): void {
    super.hashSet(this.#seen(key), field, value);
  }

  override hashDelete(key: string, field: string): boolean {
    return super.hashDelete(this.#seen(key), field);
  }

  override hashEntries(key: string): readonly (readonly [field: string, value: string])[] {
    return [...super.hashEntries(this.#seen(key))].reverse();
  }

  override expire(key: string, ttlMs: number): boolean {
    return super.expire(this.#seen(key), ttlMs);
  }

  override ttl(key: string): number | null {
    return super.ttl(this.#seen(key));
  }

  #seen(key: string): string {
    if (!this.#declared.has(key)) this.undeclared.add(key);
    return key;
  }
}
