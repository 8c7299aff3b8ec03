import type { Scope } from "../scope/generations.memory.ts";
import { differs, type TwinEntry } from "./entries.memory.ts";
import { forwardOf, readRecord } from "./records.memory.ts";

export interface Mark {
  readonly type: string;
  readonly number: string;
  /** The entry that led to this mapping, if one did. */
  readonly entry: TwinEntry | null;
}

/** Twin of `removeMarked`. Returns how many mappings were removed. */
export function removeMarked(scope: Scope, leads: readonly string[], marks: readonly Mark[]): number {
  const found = new Set(marks.filter(({ entry }) => entry !== null));
  const spared = new Set<Mark>();
  for (const { live, key } of [scope.newest, scope.older]) {
    if (!live) continue;
    const gone = [...leads];
    for (const mark of marks) {
      const reverse = `r${mark.type}:${mark.number}`;
      const stored = scope.store.hashGet(key, reverse);
      const record = stored === null ? null : readRecord(stored);
      if (stored === null) continue;
      if (record && mark.entry && differs(record, mark.entry)) {
        spared.add(mark);
        continue;
      }
      found.add(mark);
      gone.push(reverse);
      const forward = record ? forwardOf(record, mark.type) : [];
      gone.push(...forward.filter((field) => scope.store.hashGet(key, field) === mark.number));
    }
    for (const field of gone) scope.store.hashDelete(key, field);
  }
  return [...found].filter((mark) => !spared.has(mark)).length;
}
