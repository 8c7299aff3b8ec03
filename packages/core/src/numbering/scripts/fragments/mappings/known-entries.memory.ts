import { type Field, Refused } from "../foundation/values.memory.ts";
import { type Found, lookUp, type Scope } from "../scope/generations.memory.ts";
import { differs, isNumber, type TwinEntry } from "./entries.memory.ts";
import { forwardOf, readRecord, type StoredRecord, writeRecord } from "./records.memory.ts";

/** Twin of `known-entries.lua`. */
export class KnownEntries {
  readonly #replace: boolean;
  readonly #writes: Field[];
  readonly #forward = new Map<string, Found>();
  readonly #reverse = new Map<string, Found>();
  readonly #parsed = new Map<string, StoredRecord>();

  constructor(scope: Scope, entries: readonly TwinEntry[], replace: boolean, writes: Field[]) {
    this.#replace = replace;
    this.#writes = writes;
    for (const { type, fields } of entries) {
      for (const field of fields.values()) {
        const found = lookUp(scope, field);
        this.#forward.set(field, found);
        if (found.value === null) continue;
        if (!isNumber(found.value)) throw new Refused("corrupt", type);
        const reverse = `r${type}:${found.value}`;
        if (!this.#reverse.has(reverse)) this.#reverse.set(reverse, lookUp(scope, reverse));
      }
    }
  }

  /** Returns the entry's number, or null. Adds to the writes what the target lacks. */
  settle(entry: TwinEntry): string | null {
    for (const [name, field] of entry.fields) {
      const number = this.#forward.get(field)?.value ?? null;
      if (number === null) continue;
      const reverse = `r${entry.type}:${number}`;
      const stored = this.#reverse.get(reverse) ?? { value: null, elsewhere: false };
      const ids = entry.reverse.slice(0, entry.reverse.indexOf("|") + 1);
      const exact = stored.value?.startsWith(ids) ?? false;
      if (stored.value === null && this.#replace) continue;
      if (!exact && stored.value !== null && !this.#leadsHome(entry, name, reverse, stored.value)) continue;
      for (const own of entry.fields.values()) {
        const found = this.#forward.get(own);
        if (found?.value !== number || found.elsewhere) this.#writes.push([own, number]);
      }
      this.#settleRecord(entry, number, reverse, stored, exact);
      return number;
    }
    return null;
  }

  #settleRecord(entry: TwinEntry, number: string, reverse: string, stored: Found, exact: boolean): void {
    if (stored.value === null) {
      this.#writes.push([reverse, entry.reverse]);
    } else if (!exact || stored.elsewhere || this.#replace) {
      const record = this.#parse(entry.type, reverse, stored.value);
      if (!this.#merge(record, entry.record) && !stored.elsewhere) return;
      this.#writes.push([reverse, writeRecord(record)]);
      for (const forward of forwardOf(record, entry.type)) this.#writes.push([forward, number]);
    }
  }

  #leadsHome(entry: TwinEntry, name: string, reverse: string, stored: string): boolean {
    const record = this.#parse(entry.type, reverse, stored);
    return record.ids.has(name) && !differs(record, entry);
  }

  #parse(type: string, reverse: string, stored: string): StoredRecord {
    const record = this.#parsed.get(reverse) ?? readRecord(stored);
    if (!record) throw new Refused("corrupt", type);
    this.#parsed.set(reverse, record);
    return record;
  }

  #merge(record: StoredRecord, own: StoredRecord): boolean {
    const missing = [...own.ids].filter(([name]) => !record.ids.has(name));
    for (const [name, id] of missing) record.ids.set(name, id);
    const replaced = this.#replace && record.value !== own.value;
    if (replaced) record.value = own.value;
    return replaced || missing.length > 0;
  }
}
