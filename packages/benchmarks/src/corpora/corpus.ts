/** A part of a line; one with a kind is sensitive. */
export interface Part {
  readonly text: string;
  readonly kind?: string;
}

export type Line = readonly Part[];

/** A text whose sensitive parts are known. */
export interface Corpus {
  readonly text: string;
  readonly lines: readonly Line[];
}

/** Just under the million characters that one of the peers takes at most. */
export const corpusLength = 999_000;

/** Takes lines until they make up a corpus. */
export function collectLines(nextLine: () => Line, length = corpusLength): Corpus {
  const lines: Line[] = [];
  const texts: string[] = [];
  let total = 0;
  while (true) {
    const line = nextLine();
    const text = line.map((part) => part.text).join("");
    total += text.length + 1;
    if (total > length) return { text: texts.join("\n"), lines };
    lines.push(line);
    texts.push(text);
  }
}

/** The share of a corpus's characters that are sensitive. */
export function sensitiveShare({ text, lines }: Corpus): number {
  const sensitive = lines.flat().reduce((sum, part) => sum + (part.kind === undefined ? 0 : part.text.length), 0);
  return sensitive / text.length;
}
