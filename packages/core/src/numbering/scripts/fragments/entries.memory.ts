import type { StoredRecord } from "./records.memory.ts";

/** An entry as a call brings it, its ids by index name. */
export interface TwinEntry {
  readonly type: string;
  readonly ids: ReadonlyMap<string, string>;
  /** Empty where a call brings none. */
  readonly value: string;
}

/** Reads the entries that begin at `args[head]`: type, an id for each name, and `extra` more, of which the first counts. */
export function readEntries(
  args: readonly string[],
  head: number,
  names: readonly string[],
  extra: 0 | 1,
): TwinEntry[] {
  const stride = names.length + 1 + extra;
  return Array.from({ length: (args.length - head) / stride }, (_, entry) => {
    const [type = "", ...rest] = args.slice(head + entry * stride, head + (entry + 1) * stride);
    return {
      type,
      ids: new Map(names.map((name, place) => [name, rest[place] ?? ""])),
      value: rest[names.length] ?? "",
    };
  });
}

export function readNames(joined: string): string[] {
  return joined === "" ? [] : joined.split(",");
}

export function forwardField(type: string, name: string, id: string): string {
  return `f${type}:${name}:${id}`;
}

export function writeIds(entry: TwinEntry): string {
  return [...entry.ids].map(([name, id]) => `${name}:${id}`).join(",");
}

export function differs(record: StoredRecord, entry: TwinEntry): boolean {
  return [...entry.ids].some(([name, id]) => record.ids.has(name) && record.ids.get(name) !== id);
}

export function isNumber(stored: string): boolean {
  return /^[1-9]\d{0,15}$/.test(stored);
}
