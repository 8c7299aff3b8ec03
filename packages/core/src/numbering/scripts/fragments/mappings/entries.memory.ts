import { readRecord, type StoredRecord } from "./records.memory.ts";

/** Twin of an entry in `entries.lua`. */
export interface TwinEntry {
  readonly type: string;
  /** Forward fields by index name. */
  readonly fields: ReadonlyMap<string, string>;
  /** The reverse record as text, ready to be stored, and taken apart. */
  readonly reverse: string;
  readonly record: StoredRecord;
}

/** Reads the types and records of a call. The ids of each record are in the order of the index names. */
export function readEntries([types = "", ...records]: readonly string[]): TwinEntry[] {
  return readList(types).map((type, place) => {
    const reverse = records[place] ?? "";
    const record = readRecord(reverse) ?? { ids: new Map(), value: "" };
    const fields = [...record.ids].map(([name, id]) => [name, `f${type}:${name}:${id}`] as const);
    return { type, fields: new Map(fields), reverse, record };
  });
}

export function readList(joined: string | undefined): string[] {
  return (joined ?? "").split(",").filter((part) => part !== "");
}

/** A text that differs for every original. */
export function originalOf({ fields }: TwinEntry): string {
  return [...fields.values()].join(" ");
}

export function differs(record: StoredRecord, entry: TwinEntry): boolean {
  return [...entry.record.ids].some(([name, id]) => record.ids.has(name) && record.ids.get(name) !== id);
}

export function isNumber(stored: string): boolean {
  return /^[1-9]\d{0,15}$/.test(stored);
}
