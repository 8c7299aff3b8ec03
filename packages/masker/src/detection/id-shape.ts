import { charClass } from "../matcher/char-class.ts";
import type { CodeUnits } from "../matcher/code-units.ts";

/** A literal, and a run of one class with one or two possible lengths: `i-[0-9a-f]{8}(?:[0-9a-f]{9})?`. */
const sourceShape = /^([A-Za-z0-9-]+)\[([A-Za-z0-9-]+)\]\{(\d{1,3})\}(?:\(\?:\[\2\]\{(\d{1,3})\}\)\?)?$/;

/**
 * Finds what a sticky pattern of this shape finds. Most ids have such a pattern. Calling the engine's regular expressions
 * costs several times as much as reading these few units, and a document full of ids would take thousands of calls.
 */
export class IdShape {
  readonly #prefix: Uint8Array;
  readonly #isInRun: Uint8Array;
  readonly #shortest: number;
  readonly #longest: number;

  /** @returns undefined for a pattern of another shape, or one with its own `test` method */
  static of(pattern: RegExp): IdShape | undefined {
    if (pattern.flags !== "y" || pattern.test !== RegExp.prototype.test) return undefined;
    const [, prefix, run, shortest, further = "0"] = sourceShape.exec(pattern.source) ?? [];
    if (prefix === undefined || run === undefined) return undefined;
    return new IdShape(prefix, run, Number(shortest), Number(shortest) + Number(further));
  }

  private constructor(prefix: string, run: string, shortest: number, longest: number) {
    const { has } = charClass(run);
    this.#prefix = Uint8Array.from(prefix, (character) => character.charCodeAt(0));
    this.#isInRun = Uint8Array.from({ length: 128 }, (_, unit) => (has(unit) ? 1 : 0));
    this.#shortest = shortest;
    this.#longest = longest;
  }

  /** The end of the id that begins at `at`; -1 if there is none. */
  endAt(units: CodeUnits, at: number): number {
    const prefix = this.#prefix;
    for (let index = 0; index < prefix.length; index++) if (units[at + index] !== prefix[index]) return -1;
    const start = at + prefix.length;
    const limit = Math.min(units.length, start + this.#longest);
    let end = start;
    while (end < limit && this.#isInRun[units[end]!] === 1) end++;
    if (end - start === this.#longest) return end;
    return end - start >= this.#shortest ? start + this.#shortest : -1;
  }
}
