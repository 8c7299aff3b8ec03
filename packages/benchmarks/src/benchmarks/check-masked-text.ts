import type { Corpus, Line } from "../corpora/corpus.ts";

/** What stands in the place of a sensitive part. */
const token = /[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_\d{3,}/y;

/** @throws unless every planted value became a token and nothing else changed */
export function checkMaskedText({ lines }: Corpus, masked: string): void {
  const maskedLines = masked.split("\n");
  if (maskedLines.length !== lines.length) throw new Error("masking changed the number of lines");
  lines.forEach((line, index) => {
    if (isAsExpected(line, maskedLines[index]!)) return;
    const expected = line.map(({ text, kind }) => (kind === undefined ? text : `<${kind}>`)).join("");
    throw new Error(`line ${index + 1} was masked wrongly\n expected ${expected}\n found    ${maskedLines[index]}`);
  });
}

/** @throws unless no planted value is left */
export function checkValuesGone({ lines }: Corpus, masked: string): void {
  for (const { text, kind } of lines.flat()) {
    if (kind !== undefined && masked.includes(text)) throw new Error(`a value of the kind "${kind}" is left`);
  }
}

/** How many of the planted kinds are gone altogether, as "7 of 10". */
export function kindsFound({ lines }: Corpus, masked: string): string {
  const left = new Map<string, boolean>();
  for (const { text, kind } of lines.flat()) {
    if (kind !== undefined && !left.get(kind)) left.set(kind, masked.includes(text));
  }
  return `${[...left.values()].filter((isLeft) => !isLeft).length} of ${left.size}`;
}

function isAsExpected(line: Line, masked: string): boolean {
  let at = 0;
  for (const { text, kind } of line) {
    if (kind === undefined) {
      if (!masked.startsWith(text, at)) return false;
      at += text.length;
    } else {
      token.lastIndex = at;
      if (!token.test(masked)) return false;
      at = token.lastIndex;
    }
  }
  return at === masked.length;
}
