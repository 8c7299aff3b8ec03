import { checkText, type FieldName, nameOf } from "../../arguments/argument-checks.ts";
import { ConfigurationError } from "../../errors/configuration-error.ts";
import { digestIds } from "./digest-id.ts";
import { utf8Length } from "./utf8-length.ts";

/** One original, and what a number of its type is to stand for. */
export interface MappingEntry {
  /** Upper case, up to 64 letters, digits and `_`, such as `AWS_EC2`: each type counts on its own. */
  readonly type: string;
  /** What `resolve` gives back: the original, or a sealed form of it. Stored as it is, up to 128 KiB. */
  readonly value: string;
  /**
   * What the original is found by again: one opaque id for each index name, in their order, each up to 64 letters,
   * digits, `_` and `-`. A keyed hash where the store may not know the original.
   *
   * @default SHA-256 of the value, under the only index
   */
  readonly ids?: readonly string[];
}

/** One original to be forgotten: its ids, or the value that they are made from. */
export type MappingOriginal = Pick<MappingEntry, "type"> &
  ({ readonly ids: readonly string[]; readonly value?: string } | { readonly value: string; readonly ids?: never });

/** A number of a type, as a token names it. */
export interface MappingReference {
  readonly type: string;
  readonly number: number;
}

/** An entry with its ids. */
export interface IndexedEntry {
  readonly type: string;
  readonly value: string;
  readonly ids: readonly string[];
  /** What it takes in a script call. */
  readonly bytes: number;
}

const longestValue = 128 * 1024;
const typePattern = /^[A-Z][A-Z0-9_]{0,63}$/;
/** Of index names and ids: none of these characters means anything in a field or a record. */
export const namePattern = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Checks entries and fills in the ids that they leave out.
 *
 * @throws {ConfigurationError} naming the first one that can't be numbered, and never what is in it.
 */
export async function indexEntries(
  entries: readonly (MappingEntry | MappingOriginal)[],
  indexes: readonly string[],
): Promise<IndexedEntry[]> {
  checkList("entries", entries);
  for (const [place, entry] of entries.entries()) checkEntry((part) => `entries[${place}]${part}`, entry, indexes);
  const bare = entries.filter((entry) => entry.ids === undefined);
  const digests = (await digestIds(bare.map(({ value }) => value ?? ""))).values();
  return entries.map(({ type, value = "", ids = [digests.next().value ?? ""] }) => {
    return { type, value, ids, bytes: entryBytes({ type, value, ids }) };
  });
}

/** @param name of a part of the entry, for errors */
function checkEntry(
  name: (part: string) => string,
  entry: MappingEntry | MappingOriginal,
  indexes: readonly string[],
): void {
  if (typeof entry !== "object" || entry === null) throw new ConfigurationError(name(""), "must be an object");
  checkType(() => name(".type"), entry.type);
  if (entry.value !== undefined || entry.ids === undefined) {
    checkText(() => name(".value"), entry.value);
    // A code unit takes three bytes at most.
    if (3 * entry.value.length > longestValue && utf8Length(entry.value) > longestValue) {
      throw new ConfigurationError(name(".value"), `must be at most ${longestValue} bytes; number its parts instead`);
    }
  }
  if (entry.ids === undefined) {
    if (indexes.length === 1) return;
    throw new ConfigurationError(name(".ids"), "can be left out only where there is one index name");
  }
  if (!Array.isArray(entry.ids)) throw new ConfigurationError(name(".ids"), "must be an array");
  if (entry.ids.length !== indexes.length) {
    throw new ConfigurationError(name(".ids"), `must hold one id for each of the ${indexes.length} index names`);
  }
  if (!entry.ids.every((id) => typeof id === "string" && namePattern.test(id))) {
    throw new ConfigurationError(
      name(".ids"),
      "must be 1 to 64 letters, digits, _ and - each, such as a base64url hash",
    );
  }
}

/** @throws {ConfigurationError} naming the first one that can't be a reference. */
export function checkReferences(references: readonly MappingReference[]): void {
  checkList("references", references);
  for (const [place, reference] of references.entries()) {
    const field = `references[${place}]`;
    if (typeof reference !== "object" || reference === null) throw new ConfigurationError(field, "must be an object");
    checkType(`${field}.type`, reference.type);
    checkNumber(`${field}.number`, reference.number);
  }
}

/** @throws {ConfigurationError} unless it can name a type. */
export function checkType(field: FieldName, type: unknown): void {
  if (typeof type === "string" && typePattern.test(type)) return;
  throw new ConfigurationError(nameOf(field), "must be upper case letters, digits and _, 64 at most, such as AWS_EC2");
}

/** @throws {ConfigurationError} unless it could be a number of a type, or 0. */
export function checkNumber(field: string, number: unknown): void {
  if (Number.isSafeInteger(number) && (number as number) >= 0) return;
  throw new ConfigurationError(field, "must be a whole number from 0 to 2^53 - 1");
}

function checkList(field: string, list: unknown): void {
  if (!Array.isArray(list)) throw new ConfigurationError(field, "must be an array");
}

/** What an entry takes in a script call, in bytes. */
export function entryBytes({ type, value, ids }: Omit<IndexedEntry, "bytes">): number {
  return ids.reduce((bytes, id) => bytes + id.length, type.length + utf8Length(value));
}
