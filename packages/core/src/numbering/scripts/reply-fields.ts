import type { RawReply } from "../../script/script.ts";

/** Why a script did nothing. It is a value, because only the caller can turn it into an error that helps. */
export type Refusal =
  | { readonly status: "indexes" }
  /** `where` is a type or the name of a field, never its content. */
  | { readonly status: "corrupt" | "exhausted"; readonly where: string };

/** Reads a reply as a refusal, or as what follows its `"ok"`. @throws {TypeError} if it is neither. */
export function readFields(raw: RawReply): Refusal | { readonly status: "ok"; readonly fields: (string | null)[] } {
  const [status, ...rest] = Array.isArray(raw) ? (raw as (string | number | null)[]) : [];
  const fields = rest.map((field) => (field === null ? null : String(field)));
  if (status === "ok") return { status, fields };
  if (status === "indexes") return { status };
  if (status === "corrupt" || status === "exhausted") return { status, where: fields[0] ?? "" };
  throw new TypeError("no status");
}

/** Reads a number. @throws {TypeError} unless it is a whole number from 0 to 2^53 - 1. */
export function readWhole(field: string | null | undefined): number {
  const number = /^\d{1,16}$/.test(field ?? "") ? Number(field) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new TypeError("no whole number");
  return number;
}

/** Reads milliseconds; null for the `""` that means "for ever". */
export function readRemaining(field: string | null | undefined): number | null {
  return field === "" ? null : readWhole(field);
}

/** @throws {TypeError} unless there are as many answers as were asked for. */
export function expectCount(fields: readonly unknown[], count: number): void {
  if (fields.length !== count) throw new TypeError(`${fields.length} answers, ${count} expected`);
}
