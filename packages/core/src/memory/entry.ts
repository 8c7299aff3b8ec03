import type { Retention } from "../script/script.ts";

/** One key of the memory store: its value, its deadline, and its places in the store's two orders. */
export type Entry = StringEntry | HashEntry;

export interface StringEntry extends Bookkeeping {
  readonly type: "string";
  value: string;
}

export interface HashEntry extends Bookkeeping {
  readonly type: "hash";
  readonly fields: Map<string, string>;
}

interface Bookkeeping {
  readonly key: string;
  /** Counted by {@link keyBytes} and {@link fieldBytes}. */
  bytes: number;
  /** The first millisecond at which the key is gone. */
  expiresAt: number | null;
  retention: Retention;
  /** The step that used the key last, since a step never evicts what it uses itself. */
  usedBy: number;
  /** Neighbours in the order of use; only `"while-room"` keys are in it. */
  older: Entry | null;
  newer: Entry | null;
  /** Place in the queue of deadlines, or -1. */
  queueIndex: number;
  /** The deadline that the queue knows, never later than `expiresAt`. */
  queuedFor: number;
}

/** Bytes besides the text, measured on Node 24: slots in maps and orders, bookkeeping, string headers. */
const keyOverhead = 250;
const hashOverhead = 200;
const fieldOverhead = 80;

/** Two bytes for each UTF-16 unit: the most that V8 takes, and twice what it takes for Latin-1 text. */
export function keyBytes(key: string, value: string): number {
  return keyOverhead + 2 * (key.length + value.length);
}

export function fieldBytes(field: string, value: string): number {
  return fieldOverhead + 2 * (field.length + value.length);
}

export function createStringEntry(key: string, value: string, retention: Retention): StringEntry {
  return { type: "string", value, ...bookkeeping(key, keyBytes(key, value), retention) };
}

export function createHashEntry(key: string, retention: Retention): HashEntry {
  return { type: "hash", fields: new Map(), ...bookkeeping(key, keyBytes(key, "") + hashOverhead, retention) };
}

function bookkeeping(key: string, bytes: number, retention: Retention): Bookkeeping {
  return {
    key,
    bytes,
    expiresAt: null,
    retention,
    usedBy: 0,
    older: null,
    newer: null,
    queueIndex: -1,
    queuedFor: 0,
  };
}
