import { readRecord, type StoredRecord } from "./records.memory.ts";

/** An entry as a call brings it; see `entries.lua`. */
export interface TwinEntry {
  readonly type: string;
  /** Forward fields by index name. */
  readonly fields: ReadonlyMap<string, string>;
  /** As it is to be stored, and read. */
  readonly reverse: string;
  readonly record: StoredRecord;
}

/** Reads types and records; each record's ids are in the order of the index names. */
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

/** What tells an original from all others. */
export function originalOf({ fields }: TwinEntry): string {
  return [...fields.values()].join(" ");
}

export function differs(record: StoredRecord, entry: TwinEntry): boolean {
  return [...entry.record.ids].some(([name, id]) => record.ids.has(name) && record.ids.get(name) !== id);
}

export function isNumber(stored: string): boolean {
  return /^[1-9]\d{0,15}$/.test(stored);
}
