interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The text with each range replaced, in order. Joined from pieces, so that the result is one flat string; a replacement
 * is hung onto what stands before it, because `join` takes longer for a piece than `+` does.
 */
export function replaceRanges(text: string, ranges: readonly TextRange[], replacements: readonly string[]): string {
  const pieces = new Array<string>(ranges.length + 1);
  let copied = 0;
  for (let index = 0; index < ranges.length; index++) {
    const { start, end } = ranges[index]!;
    pieces[index] = text.slice(copied, start) + replacements[index]!;
    copied = end;
  }
  pieces[ranges.length] = text.slice(copied);
  return pieces.join("");
}
