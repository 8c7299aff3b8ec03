interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The text with each range replaced, in order. Joined from pieces, so that the result is one flat string. */
export function replaceRanges(text: string, ranges: readonly TextRange[], replacements: readonly string[]): string {
  const pieces = new Array<string>(2 * ranges.length + 1);
  let copied = 0;
  for (let index = 0; index < ranges.length; index++) {
    const { start, end } = ranges[index]!;
    pieces[2 * index] = text.slice(copied, start);
    pieces[2 * index + 1] = replacements[index]!;
    copied = end;
  }
  pieces[2 * ranges.length] = text.slice(copied);
  return pieces.join("");
}
