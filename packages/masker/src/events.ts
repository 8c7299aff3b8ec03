import type { KeywardEvent } from "@keyward/core";

/** What a masker tells its observer. Counts and times only: never a value, a text or a scope. */
export type MaskerEvent = MaskEvent | UnmaskEvent | EraseEvent | MayEvictEvent;

export interface MaskEvent extends KeywardEvent {
  readonly type: "mask";
  readonly durationMs: number;
  /** UTF-16 code units of the text. */
  readonly textLength: number;
  /** How often each type was found. */
  readonly findings: Readonly<Record<string, number>>;
  /** How many values the store had to be asked about. */
  readonly storeLookups: number;
  /** How many values got a sealed token, because the store couldn't be asked. */
  readonly sealed: number;
  /** Why it couldn't: the code of its `BackendError`. */
  readonly backendError?: string;
}

/** A text was restored, or a stream has ended; one that was cancelled tells of what came until then. */
export interface UnmaskEvent extends KeywardEvent {
  readonly type: "unmask";
  /** Of a stream, from its making to its end. */
  readonly durationMs: number;
  readonly textLength: number;
  /** How many tokens stand in the text. */
  readonly tokens: number;
  /** How many different ones of them stayed, for each reason. */
  readonly unresolved: Readonly<Record<string, number>>;
  readonly storeLookups: number;
}

export interface EraseEvent extends KeywardEvent {
  readonly type: "erase";
  readonly durationMs: number;
  /** How many mappings are gone; null for a whole scope. */
  readonly erased: number | null;
}

/** The store may drop mappings when its memory is full: what they stand for can't be restored then. Told once. */
export interface MayEvictEvent extends KeywardEvent {
  readonly type: "store.may-evict";
  /** The server's `maxmemory-policy`; it should be `noeviction`. */
  readonly policy: string;
}
