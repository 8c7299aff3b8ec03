const fourDigits = 6;
const oneLetter = 2;
const letterU = 0x75;

/** Escapes `text` as the content of a string, `times` strings deep, as `JSON.stringify` does, without the quotes. */
export function escapeText(text: string, times: number): string {
  let escaped = text;
  for (let time = 0; time < times; time++) escaped = JSON.stringify(escaped).slice(1, -1);
  return escaped;
}

/** @returns the text that the content of a string stands for; undefined if it isn't valid content */
export function unescapeText(content: string): string | undefined {
  if (!content.includes("\\")) return content;
  try {
    const text: unknown = JSON.parse(`"${content}"`);
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Maps offsets in an unescaped text to positions in its escaped form. Offsets are asked for in order. */
export class EscapeWalk {
  readonly #content: string;
  #offset = 0;
  #position = 0;
  #nextEscape: number;

  /** @param content the valid content of a string */
  constructor(content: string) {
    this.#content = content;
    this.#nextEscape = content.indexOf("\\");
  }

  /** @param offset in the unescaped text, never lower than in the call before */
  positionOf(offset: number): number {
    while (this.#nextEscape >= 0 && this.#nextEscape - this.#position < offset - this.#offset) {
      this.#offset += this.#nextEscape - this.#position + 1;
      const isLong = this.#content.charCodeAt(this.#nextEscape + 1) === letterU;
      this.#position = this.#nextEscape + (isLong ? fourDigits : oneLetter);
      this.#nextEscape = this.#content.indexOf("\\", this.#position);
    }
    return this.#position + offset - this.#offset;
  }
}
