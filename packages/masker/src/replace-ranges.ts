interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The text with each range replaced, in order. Joined from pieces, so that the result is one flat string. */
export function replaceRanges(text: string, ranges: readonly TextRange[], replacements: readonly string[]): string {
  const pieces: string[] = [];
  let copied = 0;
  ranges.forEach(({ start, end }, index) => {
    pieces.push(text.slice(copied, start), replacements[index]!);
    copied = end;
  });
  pieces.push(text.slice(copied));
  return pieces.join("");
}
