import { BackendError } from "../errors/backend-error.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import type { Retention } from "../script/script.ts";
import type { ScriptStore } from "../script/script-store.ts";
import { EntryTable } from "./entry-table.ts";
import { MemoryStep } from "./memory-step.ts";
import { createSteadyClock } from "./steady-clock.ts";

export interface MemoryStoreOptions {
  /**
   * The most that keys and values may take, in bytes: two for each UTF-16 unit of keys, fields and values, plus 250 for each
   * key, 200 for each hash and 80 for each of its fields. This is an estimate: on Node 24 it is 0 to 40 % more than the heap
   * grows by, and more than that for long Latin-1 text. A step may exceed the bound while it runs.
   *
   * At the bound, keys written with `retain: "while-room"` make room, least recently used first. Keys written with `"always"`
   * are never evicted: a write that doesn't fit beside them fails with `BACKEND_FULL`.
   *
   * @default 67_108_864 (64 MiB)
   */
  readonly maxBytes?: number;
  /**
   * Milliseconds since the epoch. If it steps back, the store's time goes on from where it was.
   *
   * @default Date.now
   */
  readonly now?: () => number;
  /**
   * What scripts see as `serverId`. A change tells them that the latest writes may be lost.
   *
   * @default "memory"
   */
  readonly serverId?: string | (() => string);
}

export interface StepOptions {
  /** What errors call the step. @default "step" */
  readonly operation?: string;
  /** Whether the keys that the step writes may be evicted. @default "always" */
  readonly retain?: Retention;
  /** Replaces the store's clock during this step. */
  readonly nowMs?: number;
}

/** What a key holds, and how many milliseconds it has left. */
export type MemoryRecord =
  | { readonly type: "string"; readonly value: string; readonly ttlMs: number | null }
  | { readonly type: "hash"; readonly fields: ReadonlyMap<string, string>; readonly ttlMs: number | null };

/**
 * Redis's strings and hashes in this process, to run the memory twins of scripts on. The memory backend is made of it, and tests
 * of twins use it.
 *
 * There are no timers: deadlines are compared when a key is read. A key with a TTL of `n` is there for `n` milliseconds and
 * gone at the next one. Each write also drops a few expired keys, more than it can add, so that they don't pile up.
 */
export class MemoryStore {
  readonly #table = new EntryTable();
  readonly #maxBytes: number;
  readonly #now: () => number;
  readonly #serverId: () => string;
  #steps = 0;

  /** @throws {ConfigurationError} if `maxBytes` isn't a whole number above 0, or `now` doesn't return a time. */
  constructor(options: MemoryStoreOptions = {}) {
    const { maxBytes = 64 * 1024 * 1024, now = Date.now, serverId = "memory" } = options;
    if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
      throw new ConfigurationError("maxBytes", "must be a whole number of bytes above 0, such as 64 * 1024 * 1024");
    }
    this.#maxBytes = maxBytes;
    this.#now = createSteadyClock(now);
    this.#serverId = typeof serverId === "function" ? serverId : () => serverId;
  }

  /** Bytes in use, counted as {@link MemoryStoreOptions.maxBytes} says; expired keys count until they are dropped. */
  get bytes(): number {
    return this.#table.bytes;
  }

  /**
   * Runs `work` as one atomic step. If it throws, all that it wrote is undone and the error is passed on.
   *
   * `work` must not await, and must not use its store after it has returned.
   *
   * @throws {BackendError} `BACKEND_FULL` if what it wrote doesn't fit; then all of it is undone.
   */
  step<Result>(work: (store: ScriptStore) => Result, options: StepOptions = {}): Result {
    const { operation = "step", retain = "always", nowMs: now = this.#now() } = options;
    this.#steps += 1;
    const step = new MemoryStep(this.#table, { now, serverId: this.#serverId(), step: this.#steps, retain, operation });
    try {
      const result = work(step);
      // Two for each write: one for the key that it may have added, and one to make progress.
      this.#table.reclaim(now, 2 * step.writes);
      if (this.#table.makeRoom(this.#maxBytes, now, this.#steps)) return result;
    } catch (error) {
      step.undo();
      throw error;
    }
    step.undo();
    throw new BackendError("BACKEND_FULL", `no room is left; raise maxBytes, which is ${this.#maxBytes}`, {
      operation,
      outcome: "not-applied",
      retryable: false,
    });
  }

  /** What the key holds, or null. Doesn't count as a use. */
  inspect(key: string, nowMs: number = this.#now()): MemoryRecord | null {
    const entry = this.#table.peek(key, nowMs);
    if (!entry) return null;
    const ttlMs = entry.expiresAt === null ? null : entry.expiresAt - nowMs;
    if (entry.type === "string") return { type: "string", value: entry.value, ttlMs };
    return { type: "hash", fields: new Map(entry.fields), ttlMs };
  }

  /** Doesn't count as a use either. */
  typeOf(key: string, nowMs: number = this.#now()): MemoryRecord["type"] | null {
    return this.#table.peek(key, nowMs)?.type ?? null;
  }

  /** All keys that haven't expired, in no particular order. */
  keys(nowMs: number = this.#now()): string[] {
    return [...this.#table.keys(nowMs)];
  }

  clear(): void {
    this.#table.clear();
  }
}
