import { BackendError } from "../errors/backend-error.ts";
import type { Retention } from "../script/script.ts";
import type { ScriptStore } from "../script/script-store.ts";
import {
  createHashEntry,
  createStringEntry,
  type Entry,
  fieldBytes,
  type HashEntry,
  keyBytes,
  type StringEntry,
} from "./entry.ts";
import type { EntryTable } from "./entry-table.ts";

export interface StepContext {
  readonly now: number;
  readonly serverId: string;
  /** Distinguishes this step from all others on the table. */
  readonly step: number;
  readonly retain: Retention;
  readonly operation: string;
}

/** One atomic step on the table: the store as a script's twin sees it, with a journal that can undo everything. */
export class MemoryStep implements ScriptStore {
  readonly now: number;
  readonly serverId: string;
  readonly #table: EntryTable;
  readonly #context: StepContext;
  readonly #journal: (() => void)[] = [];

  constructor(table: EntryTable, context: StepContext) {
    this.#table = table;
    this.#context = context;
    this.now = context.now;
    this.serverId = context.serverId;
  }

  /** How many changes the step has made so far. */
  get writes(): number {
    return this.#journal.length;
  }

  undo(): void {
    for (let revert = this.#journal.pop(); revert; revert = this.#journal.pop()) revert();
  }

  get(key: string): string | null {
    const entry = this.#use(key);
    if (!entry) return null;
    if (entry.type !== "string") throw this.#wrongType();
    return entry.value;
  }

  set(key: string, value: string, ttlMs?: number): void {
    if (ttlMs !== undefined && !(Number.isSafeInteger(ttlMs) && ttlMs > 0)) throw this.#invalidTtl();
    const expiresAt = ttlMs === undefined ? null : this.now + ttlMs;
    const before = this.#use(key);
    if (before?.type === "string") {
      this.#overwrite(before, value, expiresAt);
    } else {
      if (before) this.#remove(before);
      const entry = createStringEntry(key, value, this.#context.retain);
      entry.expiresAt = expiresAt;
      this.#insert(entry);
    }
  }

  delete(key: string): boolean {
    const entry = this.#use(key);
    if (entry) this.#remove(entry);
    return entry !== undefined;
  }

  exists(key: string): boolean {
    return this.#use(key) !== undefined;
  }

  hashGet(key: string, field: string): string | null {
    return this.#useHash(key)?.fields.get(field) ?? null;
  }

  hashSet(key: string, field: string, value: string): void {
    const entry = this.#useHash(key) ?? this.#insert(createHashEntry(key, this.#context.retain));
    if (this.#context.retain === "always") this.#retain(entry);
    this.#setField(entry, field, value);
  }

  hashDelete(key: string, field: string): boolean {
    const entry = this.#useHash(key);
    if (!entry?.fields.has(field)) return false;
    if (entry.fields.size === 1) this.#remove(entry);
    else this.#setField(entry, field, undefined);
    return true;
  }

  hashEntries(key: string): readonly (readonly [field: string, value: string])[] {
    return [...(this.#useHash(key)?.fields ?? [])];
  }

  expire(key: string, ttlMs: number): boolean {
    if (!Number.isSafeInteger(ttlMs)) throw this.#invalidTtl();
    if (ttlMs <= 0) return this.delete(key);
    const entry = this.#use(key);
    if (!entry) return false;
    const before = entry.expiresAt;
    this.#table.setDeadline(entry, this.now + ttlMs);
    this.#journal.push(() => this.#table.setDeadline(entry, before));
    return true;
  }

  ttl(key: string): number | null {
    const expiresAt = this.#use(key)?.expiresAt ?? null;
    return expiresAt === null ? null : expiresAt - this.now;
  }

  #use(key: string): Entry | undefined {
    return this.#table.use(key, this.now, this.#context.step);
  }

  #useHash(key: string): HashEntry | undefined {
    const entry = this.#use(key);
    if (entry && entry.type !== "hash") throw this.#wrongType();
    return entry;
  }

  #insert<Kind extends Entry>(entry: Kind): Kind {
    entry.usedBy = this.#context.step;
    this.#table.insert(entry);
    this.#journal.push(() => this.#table.remove(entry));
    return entry;
  }

  #remove(entry: Entry): void {
    this.#table.remove(entry);
    this.#journal.push(() => this.#table.insert(entry));
  }

  #overwrite(entry: StringEntry, value: string, expiresAt: number | null): void {
    const { value: oldValue, expiresAt: oldExpiresAt, retention: oldRetention } = entry;
    this.#put(entry, value, expiresAt, this.#context.retain);
    this.#journal.push(() => this.#put(entry, oldValue, oldExpiresAt, oldRetention));
  }

  #put(entry: StringEntry, value: string, expiresAt: number | null, retention: Retention): void {
    this.#table.grow(entry, keyBytes(entry.key, value) - entry.bytes);
    entry.value = value;
    this.#table.setDeadline(entry, expiresAt);
    this.#table.setRetention(entry, retention);
  }

  #retain(entry: Entry): void {
    const before = entry.retention;
    if (before === "always") return;
    this.#table.setRetention(entry, "always");
    this.#journal.push(() => this.#table.setRetention(entry, before));
  }

  #setField(entry: HashEntry, field: string, value: string | undefined): void {
    const before = entry.fields.get(field);
    this.#putField(entry, field, before, value);
    this.#journal.push(() => this.#putField(entry, field, value, before));
  }

  #putField(entry: HashEntry, field: string, from: string | undefined, to: string | undefined): void {
    if (to === undefined) entry.fields.delete(field);
    else entry.fields.set(field, to);
    const freed = from === undefined ? 0 : fieldBytes(field, from);
    this.#table.grow(entry, (to === undefined ? 0 : fieldBytes(field, to)) - freed);
  }

  #wrongType(): BackendError {
    return this.#rejected("WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  #invalidTtl(): BackendError {
    return this.#rejected("ERR invalid expire time: whole milliseconds, above 0 for set");
  }

  #rejected(message: string): BackendError {
    const { operation } = this.#context;
    return new BackendError("BACKEND_REJECTED", message, { operation, outcome: "not-applied", retryable: false });
  }
}
