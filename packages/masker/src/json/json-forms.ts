import type { Original } from "../encryption/original.ts";
import { escapeText } from "./escapes.ts";
import { isJsonNumber, jsonEscapedType, jsonNumberType } from "./json-types.ts";

/** What a JSON writer escapes beyond what it must, and how. */
interface Habit {
  readonly escaped: RegExp;
  readonly hex: "lower" | "upper";
  readonly slash: string;
}

const nothing = /(?!)/;
const habits: readonly Habit[] = [
  // Python
  { escaped: /[^\0-\x7f]/, hex: "lower", slash: "/" },
  // PHP, with and without its flag for Unicode
  { escaped: /[^\0-\x7f]/, hex: "lower", slash: "\\/" },
  { escaped: nothing, hex: "lower", slash: "\\/" },
  // Go and Rails
  { escaped: /[<>&\u2028\u2029]/, hex: "lower", slash: "/" },
  // Gson
  { escaped: /[<>&='\u2028\u2029]/, hex: "lower", slash: "/" },
  // .NET
  { escaped: /["&'+<>`\x7f-\uffff]/, hex: "upper", slash: "/" },
];

/** One code unit as `JSON.stringify` writes it. */
const writtenUnit = /\\u[0-9a-f]{4}|\\[^u]|[^\\]/g;

/**
 * The forms in which an original may have been stored if it stood in JSON: its digits as a number, and its text as common
 * JSON writers escape it. An original that was escaped in another way can only be erased by its token or with its scope.
 */
export function jsonFormsOf({ value }: Original): readonly Original[] {
  const usual = escapeText(value, 1);
  const escaped = new Set(habits.map((habit) => escapeBy(habit, usual)));
  escaped.delete(usual);
  const forms = [...escaped].map((form) => ({ type: jsonEscapedType, value: form }));
  return isJsonNumber(value) ? [{ type: jsonNumberType, value }, ...forms] : forms;
}

function escapeBy({ escaped, hex, slash }: Habit, usual: string): string {
  return usual.replace(writtenUnit, (written) => {
    const unit = written === '\\"' ? '"' : written;
    if (unit === "/") return slash;
    if (unit.length > 1 || !escaped.test(unit)) return written;
    const code = unit.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${hex === "upper" ? code.toUpperCase() : code}`;
  });
}
