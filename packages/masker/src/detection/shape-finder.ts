import type { ShapeDetector } from "./detector.ts";
import { isWordAt, isWordStart } from "./edges.ts";

/** How many word starts of a run are tried before the rest of it is given up. */
const MAX_STARTS = 16;

/** What the scan of one text remembers of one detector, so that no part of the text is read again and again. */
interface Progress {
  /** The end of the detector's last match: nothing inside it is looked at again. */
  matchedUntil: number;
  /** Where the trigger that fired last starts, at its shortest: a walk back stops there. */
  firedFrom: number;
}

/**
 * Looks closer where one of a detector's triggers ended. One of these serves one text at a time, front to back.
 *
 * @returns the start of the value, whose end is then `end`; or -1
 */
export class ShapeFinder {
  end = -1;
  readonly #detector: ShapeDetector;
  readonly #progress: Progress = { matchedUntil: 0, firedFrom: 0 };

  constructor(detector: ShapeDetector) {
    this.#detector = detector;
  }

  /** Before another text. */
  restart(): void {
    this.#progress.matchedUntil = 0;
    this.#progress.firedFrom = 0;
  }

  /** @param shortest,lead of the trigger that ended at `triggerEnd` */
  find(text: string, triggerEnd: number, shortest: number, lead: number): number {
    const { start } = this.#detector;
    if (start.at !== "after" && triggerEnd - tailOf(this.#detector) <= this.#progress.matchedUntil) return -1;
    const found = this.#findFrom(text, triggerEnd, shortest, lead);
    this.#progress.firedFrom = triggerEnd - shortest;
    if (found >= 0) this.#progress.matchedUntil = this.end;
    return found;
  }

  /** The value that follows the one just found, in a list. */
  findNext(text: string): number {
    const { start } = this.#detector;
    if (start.at !== "after" || start.next === undefined) return -1;
    start.next.lastIndex = this.end;
    if (!start.next.test(text)) return -1;
    const at = start.next.lastIndex;
    if (!this.#matchAt(text, at)) return -1;
    this.#progress.matchedUntil = this.end;
    return at;
  }

  #findFrom(text: string, triggerEnd: number, shortest: number, lead: number): number {
    const { start } = this.#detector;
    switch (start.at) {
      case "trigger":
        return this.#matchAt(text, Math.max(0, triggerEnd - shortest + lead)) ? triggerEnd - shortest + lead : -1;
      case "after": {
        start.gap.lastIndex = triggerEnd;
        if (!start.gap.test(text)) return -1;
        const at = start.gap.lastIndex;
        return at >= this.#progress.matchedUntil && this.#matchAt(text, at) ? at : -1;
      }
      case "run":
        return this.#findInRun(text, triggerEnd, shortest - lead, start.of.has, start.max);
    }
  }

  #findInRun(text: string, triggerEnd: number, shortest: number, has: (unit: number) => boolean, max: number): number {
    const { matchedUntil, firedFrom } = this.#progress;
    const limit = Math.max(0, triggerEnd - max, matchedUntil, firedFrom);
    let at = Math.max(limit, triggerEnd - shortest);
    while (at > limit && has(text.charCodeAt(at - 1))) at--;
    const runStart = at;
    let starts = 0;
    for (; at < triggerEnd && starts < MAX_STARTS; at++) {
      if (at > runStart && !(isWordStart(text, at) && isWordAt(text, at))) continue;
      starts++;
      if (this.#matchAt(text, at) && this.end >= triggerEnd - tailOf(this.#detector)) return at;
    }
    return -1;
  }

  #matchAt(text: string, at: number): boolean {
    const { pattern, edges = "word", validate } = this.#detector;
    if (edges === "word" && isWordAt(text, at) && !isWordStart(text, at)) return false;
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    this.end = pattern.lastIndex;
    if (this.end === at) return false;
    if (edges === "word" && isWordAt(text, this.end) && isWordAt(text, this.end - 1)) return false;
    return validate === undefined || validate(text.slice(at, this.end));
  }
}

/** How many of a trigger's last units are only looked at. */
function tailOf({ start }: ShapeDetector): number {
  return start.at === "run" ? (start.tail ?? 0) : 0;
}
