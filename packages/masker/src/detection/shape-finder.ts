import type { CodeUnits } from "../matcher/code-units.ts";
import { isTokenStart, isWordUnit } from "../tokens/token-edges.ts";
import type { ShapeDetector } from "./detector.ts";
import { IdShape } from "./id-shape.ts";

/** How many word starts in a run are tried before giving up. */
const maxStarts = 16;

const noUnit = (): boolean => false;
const nothing = /(?:)/y;

/**
 * Looks for a value where one of a detector's triggers ended. It serves one text at a time, from front to back. Its methods
 * return the start of the value, whose end is then in `end`, or -1.
 *
 * It copies the detector's fields once, because reading objects of many different shapes at every hit is slow.
 */
export class ShapeFinder {
  end = -1;
  readonly #at: "trigger" | "run" | "after";
  readonly #pattern: RegExp;
  readonly #shape: IdShape | undefined;
  readonly #isWord: boolean;
  readonly #validate: ((value: string) => boolean) | undefined;
  readonly #gap: RegExp;
  readonly #next: RegExp | undefined;
  readonly #has: (unit: number) => boolean;
  readonly #max: number;
  /** How many of a trigger's last units needn't belong to the value. */
  readonly #tail: number;
  readonly #ahead: RegExp | undefined;
  /** The end of the detector's last match. Nothing inside a match is looked at again. */
  #matchedUntil = 0;
  /** The latest start of the trigger that fired last. A walk back stops there. */
  #firedFrom = 0;

  constructor({ start, pattern, edges = "word", validate }: ShapeDetector) {
    this.#at = start.at;
    this.#pattern = pattern;
    this.#shape = IdShape.of(pattern);
    this.#isWord = edges === "word";
    this.#validate = validate;
    this.#gap = start.at === "after" ? start.gap : nothing;
    this.#next = start.at === "after" ? start.next : undefined;
    this.#has = start.at === "run" ? start.of.has : noUnit;
    this.#max = start.at === "run" ? start.max : 0;
    this.#tail = start.at === "run" ? (start.tail ?? 0) : 0;
    this.#ahead = start.at === "run" ? start.ahead : undefined;
  }

  /** Call it before the next text. */
  restart(): void {
    this.#matchedUntil = 0;
    this.#firedFrom = 0;
  }

  /** @param shortest,lead of the trigger that ended at `triggerEnd` */
  find(text: string, units: CodeUnits, triggerEnd: number, shortest: number, lead: number): number {
    if (this.#at !== "after" && triggerEnd - this.#tail <= this.#matchedUntil) return -1;
    const found = this.#findFrom(text, units, triggerEnd, shortest, lead);
    this.#firedFrom = triggerEnd - shortest;
    if (found >= 0) this.#matchedUntil = this.end;
    return found;
  }

  /** Finds the next value of a list, after the one just found. */
  findNext(text: string, units: CodeUnits): number {
    if (this.#next === undefined) return -1;
    this.#next.lastIndex = this.end;
    if (!this.#next.test(text)) return -1;
    const at = this.#next.lastIndex;
    if (!this.#matchAt(text, units, at)) return -1;
    this.#matchedUntil = this.end;
    return at;
  }

  #findFrom(text: string, units: CodeUnits, triggerEnd: number, shortest: number, lead: number): number {
    if (this.#at === "run") return this.#findInRun(text, units, triggerEnd, shortest - lead);
    if (this.#at === "trigger") {
      return this.#matchAt(text, units, Math.max(0, triggerEnd - shortest + lead)) ? triggerEnd - shortest + lead : -1;
    }
    this.#gap.lastIndex = triggerEnd;
    if (!this.#gap.test(text)) return -1;
    const at = this.#gap.lastIndex;
    return at >= this.#matchedUntil && this.#matchAt(text, units, at) ? at : -1;
  }

  #findInRun(text: string, units: CodeUnits, triggerEnd: number, shortest: number): number {
    if (this.#ahead !== undefined) {
      this.#ahead.lastIndex = triggerEnd;
      if (!this.#ahead.test(text)) return -1;
    }
    const has = this.#has;
    const limit = Math.max(0, triggerEnd - this.#max, this.#matchedUntil, this.#firedFrom);
    let at = Math.max(limit, triggerEnd - shortest);
    while (at > limit && has(units[at - 1]!)) at--;
    const runStart = at;
    let starts = 0;
    for (; at < triggerEnd && starts < maxStarts; at++) {
      if (at > runStart && !(isWordAt(units, at) && isWordStart(text, units, at))) continue;
      starts++;
      if (this.#matchAt(text, units, at) && this.end >= triggerEnd - this.#tail) return at;
    }
    return -1;
  }

  #matchAt(text: string, units: CodeUnits, at: number): boolean {
    if (this.#isWord && isWordAt(units, at) && !isWordStart(text, units, at)) return false;
    this.end = this.#shape === undefined ? this.#endOfPattern(text, at) : this.#shape.endAt(units, at);
    if (this.end <= at) return false;
    if (this.#isWord && isWordAt(units, this.end) && isWordAt(units, this.end - 1)) return false;
    return this.#validate === undefined || this.#validate(text.slice(at, this.end));
  }

  #endOfPattern(text: string, at: number): number {
    const pattern = this.#pattern;
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : -1;
  }
}

const backslash = 0x5c;
const percent = 0x25;

function isWordAt(units: CodeUnits, index: number): boolean {
  return index >= 0 && index < units.length && isWordUnit(units[index]!);
}

/** Like `isTokenStart`, but on code units, which is faster. It only looks at the text where an escape may end. */
function isWordStart(text: string, units: CodeUnits, index: number): boolean {
  if (index === 0 || !isWordUnit(units[index - 1]!)) return true;
  const mayBeEscaped = units[index - 2] === backslash || units[index - 3] === percent || units[index - 6] === backslash;
  return mayBeEscaped && isTokenStart(text, index);
}
