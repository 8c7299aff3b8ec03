import { checkText, type FieldName, nameOf } from "../../arguments/argument-checks.ts";
import { ConfigurationError } from "../../errors/configuration-error.ts";
import { digestIds } from "./digest-id.ts";
import { utf8Length } from "./utf8-length.ts";

/** One original to be numbered. */
export interface MappingEntry {
  /** Up to 64 upper case letters, digits and `_`, such as `AWS_EC2`. Each type is numbered separately. */
  readonly type: string;
  /** What `resolve` returns for the number: the original, or a sealed form of it. Stored as it is, up to 128 KiB. */
  readonly value: string;
  /**
   * The ids by which the original is found again: one for each index name, in the same order, each of up to 64 letters,
   * digits, `_` and `-`. If the store must not know the original, make them with a keyed hash.
   *
   * @default SHA-256 of the value, under the only index
   */
  readonly ids?: readonly string[];
}

/** One original to be forgotten, by its ids or by the value that they are made from. */
export type MappingOriginal = Pick<MappingEntry, "type"> &
  ({ readonly ids: readonly string[]; readonly value?: string } | { readonly value: string; readonly ids?: never });

/** A number of a type, such as a token names. */
export interface MappingReference {
  readonly type: string;
  readonly number: number;
}

/** An entry whose ids are filled in. */
export interface IndexedEntry {
  readonly type: string;
  readonly value: string;
  readonly ids: readonly string[];
  /** Its size in a script call. */
  readonly bytes: number;
}

const longestValue = 128 * 1024;
const typePattern = /^[A-Z][A-Z0-9_]{0,63}$/;
/** The pattern of index names and ids. None of these characters has a meaning in a field or a record. */
export const namePattern = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Checks entries, and fills in the ids that they leave out.
 *
 * @throws {ConfigurationError} that names the first entry that can't be numbered, and never quotes its value.
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

/** @param name names a part of the entry in an error */
function checkEntry(
  name: (part: string) => string,
  entry: MappingEntry | MappingOriginal,
  indexes: readonly string[],
): void {
  if (typeof entry !== "object" || entry === null) throw new ConfigurationError(name(""), "must be an object");
  checkType(() => name(".type"), entry.type);
  if (entry.value !== undefined || entry.ids === undefined) {
    checkText(() => name(".value"), entry.value);
    // Counting is needed only for long values, as a code unit takes three bytes at most.
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

/** @throws {ConfigurationError} that names the first reference that can't be one. */
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

/** The size of an entry in a script call. */
export function entryBytes({ type, value, ids }: Omit<IndexedEntry, "bytes">): number {
  return ids.reduce((bytes, id) => bytes + id.length, type.length + utf8Length(value));
}
