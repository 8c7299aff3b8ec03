import { escapeText } from "./escapes.ts";
import { holdsJson } from "./parse-json.ts";
import { Slots } from "./slots.ts";

/** JSON as it is written: the document itself, or what a string in it holds. */
export interface JsonText {
  readonly text: string;
  /** In how many strings it lies. */
  readonly depth: number;
  /** Where it stands in the text around it, as the content of a string; undefined for the document itself. */
  readonly within: { readonly textIndex: number; readonly from: number; readonly until: number } | undefined;
  /**
   * The outermost text around this one, or this one itself, whose string lies in a string and is escaped otherwise than
   * `JSON.stringify` would: nothing in it can be replaced and come back to the letter, but for that string as a whole.
   */
  readonly unusual: number | undefined;
}

/**
 * A JSON document, laid out for reading: `view` is its source with every string unescaped, the JSON in strings too, so
 * that a key and its value, or the parts of a list, stand beside each other as in any text. The view is no JSON.
 */
export interface JsonDocument {
  readonly source: string;
  readonly view: string;
  /**
   * The view with everything that had to be escaped to stand in its string replaced by `~`, place for place: here a
   * string ends where it ends. Undefined if that is the view itself.
   */
  readonly shielded: string | undefined;
  /** The document and what lies in its strings, the outer before the inner. */
  readonly texts: readonly JsonText[];
  /** Every string and number of each of them that holds anything, in order. */
  readonly slots: Slots;
}

const quote = 0x22;
const backslash = 0x5c;
/** What begins a string or a number, and what numbers are made of. A table, because most of these runs are short. */
const beginsSlot = unitTable(/["0-9-]/);
const inNumber = unitTable(/[0-9.eE+-]/);

/** @param source valid JSON: nothing is checked here */
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

/** Where the next string or number begins from `from` on. */
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

/** Where the string that begins at `from` ends: at the first quote with an even number of backslashes before it. */
function stringEnd(text: string, from: number): number {
  let end = text.indexOf('"', from);
  for (; ; end = text.indexOf('"', end + 1)) {
    let begin = end;
    while (text.charCodeAt(begin - 1) === backslash) begin--;
    if ((end - begin) % 2 === 0) return end;
  }
}

/** Collects the view from pieces, so that it is one flat string. */
class ViewWriter {
  length = 0;
  readonly #plain: string[] = [];
  /** From the first piece on that differs. */
  #shielded: string[] | undefined;

  copy(piece: string): void {
    this.#add(piece, piece);
  }

  /** What a string says whose content has escapes. */
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
