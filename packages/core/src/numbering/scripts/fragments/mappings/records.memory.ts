/** Twin of a reverse record: its ids by index name, and the value that the number stands for. */
export interface StoredRecord {
  readonly ids: Map<string, string>;
  value: string;
}

export function readRecord(stored: string): StoredRecord | null {
  const bar = stored.indexOf("|");
  if (bar < 0) return null;
  const ids = new Map<string, string>();
  for (const part of stored.slice(0, bar).split(",")) {
    const [, name, id] = /^([A-Za-z0-9_-]+):([A-Za-z0-9_-]+)$/.exec(part) ?? [];
    if (name === undefined || id === undefined || ids.has(name)) return null;
    ids.set(name, id);
  }
  return { ids, value: stored.slice(bar + 1) };
}

export function readValue(stored: string): string | null {
  return /^[A-Za-z0-9_-]+:[A-Za-z0-9_:,-]+\|(.*)$/s.exec(stored)?.[1] ?? null;
}

export function writeRecord({ ids, value }: StoredRecord): string {
  return `${[...ids].map(([name, id]) => `${name}:${id}`).join(",")}|${value}`;
}

export function forwardOf({ ids }: StoredRecord, type: string): string[] {
  return [...ids].map(([name, id]) => `f${type}:${name}:${id}`);
}
