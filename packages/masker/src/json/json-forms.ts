import type { Original } from "../encryption/cipher.ts";
import { escapeText } from "./escapes.ts";
import { isJsonNumber, JSON_ESCAPED_TYPE, JSON_NUMBER_TYPE } from "./json-types.ts";

/** What a writer of JSON escapes beside what it must, and how. */
interface Habit {
  readonly escaped: RegExp;
  readonly hex: "lower" | "upper";
  readonly slash: string;
}

const NOTHING = /(?!)/;
const HABITS: readonly Habit[] = [
  // Python
  { escaped: /[^\0-\x7f]/, hex: "lower", slash: "/" },
  // PHP, with and without its flag for Unicode
  { escaped: /[^\0-\x7f]/, hex: "lower", slash: "\\/" },
  { escaped: NOTHING, hex: "lower", slash: "\\/" },
  // Go and Rails
  { escaped: /[<>&\u2028\u2029]/, hex: "lower", slash: "/" },
  // Gson
  { escaped: /[<>&='\u2028\u2029]/, hex: "lower", slash: "/" },
  // .NET
  { escaped: /["&'+<>`\x7f-\uffff]/, hex: "upper", slash: "/" },
];

/** A unit as `JSON.stringify` writes it. */
const WRITTEN_UNIT = /\\u[0-9a-f]{4}|\\[^u]|[^\\]/g;

/**
 * What an original may be kept as where it stood in JSON: its digits as a number, and its text as the writers in common
 * use escape it. An original that was escaped in any other way is reached by its token, or with its scope.
 */
export function jsonFormsOf({ value }: Original): readonly Original[] {
  const usual = escapeText(value, 1);
  const escaped = new Set(HABITS.map((habit) => escapeBy(habit, usual)));
  escaped.delete(usual);
  const forms = [...escaped].map((form) => ({ type: JSON_ESCAPED_TYPE, value: form }));
  return isJsonNumber(value) ? [{ type: JSON_NUMBER_TYPE, value }, ...forms] : forms;
}

function escapeBy({ escaped, hex, slash }: Habit, usual: string): string {
  return usual.replace(WRITTEN_UNIT, (written) => {
    const unit = written === '\\"' ? '"' : written;
    if (unit === "/") return slash;
    if (unit.length > 1 || !escaped.test(unit)) return written;
    const code = unit.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${hex === "upper" ? code.toUpperCase() : code}`;
  });
}
