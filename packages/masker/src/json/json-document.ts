import { escapeText } from "./escapes.ts";
import { holdsJson } from "./parse-json.ts";
import { Slots } from "./slots.ts";

/** JSON source: the document itself, or the JSON that one of its strings holds. */
export interface JsonText {
  readonly text: string;
  /** How many strings it is nested in. */
  readonly depth: number;
  /** The string that holds it, by its place in the text around it; undefined for the document itself. */
  readonly within: { readonly textIndex: number; readonly from: number; readonly until: number } | undefined;
  /**
   * The outermost text, from this one outwards, whose string is nested in a string and isn't escaped as `JSON.stringify`
   * would escape it. A part of such a string couldn't be restored exactly, so it is only ever replaced as a whole.
   */
  readonly unusual: number | undefined;
}

/**
 * A JSON document, laid out for reading. `view` is its source with every string unescaped, including JSON in strings, so
 * that names and values, or the items of a list, are next to each other as in any text. The view isn't valid JSON.
 */
export interface JsonDocument {
  readonly source: string;
  readonly view: string;
  /**
   * The view with `~` in place of every character that has to be escaped in a string, so that a quote always ends a string.
   * Undefined if it would be the same as the view.
   */
  readonly shielded: string | undefined;
  /** The document and the JSON in its strings, outer before inner. */
  readonly texts: readonly JsonText[];
  /** Every number and every non-empty string of all these texts, in order. */
  readonly slots: Slots;
}

const quote = 0x22;
const backslash = 0x5c;
/** The characters that begin a string or a number, and those of numbers. Tables, because most runs are short. */
const beginsSlot = unitTable(/["0-9-]/);
const inNumber = unitTable(/[0-9.eE+-]/);

/** @param source valid JSON; this function doesn't check it */
export function layOut(source: string): JsonDocument {
  const texts: JsonText[] = [];
  const slots = new Slots();
  const view = new ViewWriter();

  function add(text: string, depth: number, within: JsonText["within"], isUsual: boolean): void {
    const textIndex = texts.length;
    const outer = within === undefined ? undefined : texts[within.textIndex]!.unusual;
    texts.push({ text, depth, within, unusual: outer ?? (isUsual ? undefined : textIndex) });
    let copied = 0;
    let nextEscape = text.indexOf("\\");
    let at = nextSlot(text, 0);
    while (at < text.length) {
      if (text.charCodeAt(at) !== quote) {
        const until = numberEnd(text, at);
        const start = view.length + at - copied;
        slots.add(start, start + until - at, textIndex, at, until);
        at = nextSlot(text, until);
        continue;
      }
      const from = at + 1;
      const until = stringEnd(text, from);
      if (nextEscape >= 0 && nextEscape < from) nextEscape = text.indexOf("\\", from);
      const isEscaped = nextEscape >= 0 && nextEscape < until;
      const content = text.slice(from, until);
      const said = isEscaped ? (JSON.parse(`"${content}"`) as string) : content;
      if (holdsJson(said, depth)) {
        view.copy(text.slice(copied, from));
        copied = until;
        add(said, depth + 1, { textIndex, from, until }, depth === 0 || escapeText(said, 1) === content);
      } else if (isEscaped) {
        view.copy(text.slice(copied, from));
        copied = until;
        slots.add(view.length, view.length + said.length, textIndex, from, until);
        view.unescape(said);
      } else if (until > from) {
        const start = view.length + from - copied;
        slots.add(start, start + until - from, textIndex, from, until);
      }
      at = nextSlot(text, until + 1);
    }
    view.copy(text.slice(copied));
  }

  add(source, 0, undefined, true);
  return { source, ...view.done(), texts, slots };
}

function unitTable(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, unit) => (pattern.test(String.fromCharCode(unit)) ? 1 : 0));
}

/** Where the next string or number begins, from `from` on. */
function nextSlot(text: string, from: number): number {
  let at = from;
  while (at < text.length && beginsSlot[text.charCodeAt(at)] !== 1) at++;
  return at;
}

function numberEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && inNumber[text.charCodeAt(at)] === 1) at++;
  return at;
}

/** A string ends at the first quote with an even number of backslashes before it. */
function stringEnd(text: string, from: number): number {
  let end = text.indexOf('"', from);
  for (; ; end = text.indexOf('"', end + 1)) {
    let begin = end;
    while (text.charCodeAt(begin - 1) === backslash) begin--;
    if ((end - begin) % 2 === 0) return end;
  }
}

/** Joins the view from pieces, so that it is one flat string. */
class ViewWriter {
  length = 0;
  readonly #plain: string[] = [];
  /** Only exists once a piece differs from the plain view. */
  #shielded: string[] | undefined;

  copy(piece: string): void {
    this.#add(piece, piece);
  }

  /** @param said the unescaped text of a string that has escapes */
  unescape(said: string): void {
    const shielded = said.replace(/["\\\p{Cc}]/gu, "~");
    if (shielded !== said) this.#shielded ??= [...this.#plain];
    this.#add(said, shielded);
  }

  done(): Pick<JsonDocument, "view" | "shielded"> {
    return { view: this.#plain.join(""), shielded: this.#shielded?.join("") };
  }

  #add(plain: string, shielded: string): void {
    this.#plain.push(plain);
    this.#shielded?.push(shielded);
    this.length += plain.length;
  }
}
