import { EscapeWalk } from "./escapes.ts";
import type { JsonDocument, JsonText } from "./json-document.ts";

/** The place of a whole number or a part of a string. */
export interface Place {
  /** How many strings its text is nested in. */
  readonly depth: number;
  /** Whether it is part of a string; otherwise it is a number. */
  readonly inString: boolean;
  /** How it is written in that text, without quotes. */
  readonly written: string;
  /** Its place in the document's source. */
  readonly source: SourceRange;
}

/** A part of a slot, or all of it. */
export interface SlotPlace extends Place {
  readonly slot: number;
  /** If it fills a string, the place of that string with its quotes. */
  readonly quoted: SourceRange | undefined;
}

interface SourceRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the places in the source of parts of the view. They are asked for in the order of the view, so that all of them
 * together take a single walk through the escapes.
 */
export class JsonPlaces {
  readonly #document: JsonDocument;
  /** For each text that is nested in a string, by its index, a walk through that string. */
  readonly #walks = new Map<number, EscapeWalk>();
  #slot = -1;
  #slotWalk = new EscapeWalk("");

  constructor(document: JsonDocument) {
    this.#document = document;
  }

  /** @param start,end within one slot */
  find(start: number, end: number): SlotPlace {
    const { slots, texts } = this.#document;
    const slot = slots.firstBehind(start);
    const { text, depth } = texts[slots.textOf(slot)]!;
    const from = slots.fromOf(slot);
    if (slot !== this.#slot) {
      this.#slot = slot;
      this.#slotWalk = new EscapeWalk(text.slice(from, slots.untilOf(slot)));
    }
    const first = from + this.#slotWalk.positionOf(start - slots.startOf(slot));
    const last = from + this.#slotWalk.positionOf(end - slots.startOf(slot));
    const inString = text.charAt(from - 1) === '"';
    const fills = inString && start === slots.startOf(slot) && end === slots.endOf(slot);
    const positions = fills ? [first - 1, first, last, last + 1] : [first, last];
    const [a, b, c, d] = this.#toSource(slots.textOf(slot), positions) as [number, number, number, number];
    return {
      slot,
      depth,
      inString,
      written: text.slice(first, last),
      source: fills ? { start: b, end: c } : { start: a, end: b },
      quoted: fills ? { start: a, end: d } : undefined,
    };
  }

  /** Finds the whole content of the string that holds this text. */
  findString({ textIndex, from, until }: NonNullable<JsonText["within"]>): Place {
    const { text, depth } = this.#document.texts[textIndex]!;
    const [start, end] = this.#toSource(textIndex, [from, until]) as [number, number];
    return { depth, inString: true, written: text.slice(from, until), source: { start, end } };
  }

  /** Whether the place is in a member's name. */
  isName({ slot }: SlotPlace): boolean {
    const { slots, texts } = this.#document;
    const { text } = texts[slots.textOf(slot)]!;
    let at = slots.untilOf(slot) + 1;
    while (" \t\n\r".includes(text.charAt(at)) && at < text.length) at++;
    return text.charAt(at) === ":";
  }

  /** @param positions in the text with this index, in order */
  #toSource(textIndex: number, positions: readonly number[]): readonly number[] {
    const { within } = this.#document.texts[textIndex]!;
    if (within === undefined) return positions;
    const walk = this.#walkOf(textIndex, within);
    return this.#toSource(
      within.textIndex,
      positions.map((position) => within.from + walk.positionOf(position)),
    );
  }

  #walkOf(textIndex: number, { textIndex: outer, from, until }: NonNullable<JsonText["within"]>): EscapeWalk {
    let walk = this.#walks.get(textIndex);
    if (walk === undefined) {
      walk = new EscapeWalk(this.#document.texts[outer]!.text.slice(from, until));
      this.#walks.set(textIndex, walk);
    }
    return walk;
  }
}
