import type { ScriptStore } from "@keyward/core";

/** A store that passes everything on. Its subclasses change what they need to. */
export class DelegatingStore implements ScriptStore {
  protected readonly inner: ScriptStore;

  constructor(inner: ScriptStore) {
    this.inner = inner;
  }

  get now(): number {
    return this.inner.now;
  }

  get serverId(): string {
    return this.inner.serverId;
  }

  get(key: string): string | null {
    return this.inner.get(key);
  }

  set(key: string, value: string, ttlMs?: number): void {
    if (ttlMs === undefined) this.inner.set(key, value);
    else this.inner.set(key, value, ttlMs);
  }

  delete(key: string): boolean {
    return this.inner.delete(key);
  }

  exists(key: string): boolean {
    return this.inner.exists(key);
  }

  hashGet(key: string, field: string): string | null {
    return this.inner.hashGet(key, field);
  }

  hashSet(key: string, field: string, value: string): void {
    this.inner.hashSet(key, field, value);
  }

  hashDelete(key: string, field: string): boolean {
    return this.inner.hashDelete(key, field);
  }

  hashEntries(key: string): readonly (readonly [field: string, value: string])[] {
    return this.inner.hashEntries(key);
  }

  expire(key: string, ttlMs: number): boolean {
    return this.inner.expire(key, ttlMs);
  }

  ttl(key: string): number | null {
    return this.inner.ttl(key);
  }
}
