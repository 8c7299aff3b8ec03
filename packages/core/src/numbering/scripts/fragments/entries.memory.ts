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

/** The strings of the one argument that carries them. */
export function readGiven(json: string | undefined): string[] {
  return JSON.parse(json ?? "[]") as string[];
}

export function readEntries(args: readonly string[], names: readonly string[]): TwinEntry[] {
  const stride = names.length + 2;
  return Array.from({ length: args.length / stride }, (_, entry) => {
    const [type = "", ...rest] = args.slice(entry * stride, (entry + 1) * stride);
    const reverse = rest[names.length] ?? "";
    const record = readRecord(reverse) ?? { ids: new Map(), value: "" };
    return { type, fields: new Map(names.map((name, place) => [name, rest[place] ?? ""])), reverse, record };
  });
}

export function readNames(joined: string): string[] {
  return joined === "" ? [] : joined.split(",");
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
