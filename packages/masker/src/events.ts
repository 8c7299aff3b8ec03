import type { KeywardEvent } from "@keyward/core";

/** What a masker tells its observer: counts and times, never a value, a text or a scope. */
export type MaskerEvent = MaskEvent | UnmaskEvent | EraseEvent | MayEvictEvent;

export interface MaskEvent extends KeywardEvent {
  readonly type: "mask";
  readonly durationMs: number;
  /** In UTF-16 code units. */
  readonly textLength: number;
  /** How many values of each type were found. */
  readonly findings: Readonly<Record<string, number>>;
  /** How many values the store had to be asked about. */
  readonly storeLookups: number;
  /** How many values got a sealed token because the store couldn't be reached. */
  readonly sealed: number;
  /** Why the store couldn't be reached: the code of its `BackendError`. */
  readonly backendError?: string;
}

/** A text was restored, or a stream ended. A stream that was cancelled reports what had come in until then. */
export interface UnmaskEvent extends KeywardEvent {
  readonly type: "unmask";
  /** For a stream, from its creation to its end. */
  readonly durationMs: number;
  readonly textLength: number;
  /** How many tokens the text contains. */
  readonly tokens: number;
  /** For each reason, how many different tokens weren't restored. */
  readonly unresolved: Readonly<Record<string, number>>;
  readonly storeLookups: number;
}

export interface EraseEvent extends KeywardEvent {
  readonly type: "erase";
  readonly durationMs: number;
  /** How many mappings were erased; null for a whole scope. */
  readonly erased: number | null;
}

/** The store may drop mappings when its memory is full, and their tokens could then no longer be restored. Told once. */
export interface MayEvictEvent extends KeywardEvent {
  readonly type: "store.may-evict";
  /** The server's `maxmemory-policy`; it should be `noeviction`. */
  readonly policy: string;
}
