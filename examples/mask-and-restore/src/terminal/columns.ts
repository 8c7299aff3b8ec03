import cliTruncate from "cli-truncate";
import stringWidth from "string-width";

/** `text` at exactly `width` columns of the terminal: cut with an ellipsis, or filled. Knows colours and wide letters. */
export function fitted(text: string, width: number): string {
  const cut = cliTruncate(text, width);
  return cut + " ".repeat(Math.max(0, width - stringWidth(cut)));
}

/** Items one behind the other, in as many lines of at most `width` columns as they need; a longer item is cut. */
export function flowed(items: readonly string[], width: number, separator: string): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const longer = `${lines.at(-1)}${separator}${item}`;
    if (lines.length > 0 && stringWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(cliTruncate(item, width));
  }
  return lines;
}
