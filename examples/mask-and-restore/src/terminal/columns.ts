import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

/** A line of text in as many lines of at most `width` columns as it needs. Knows colours and wide letters. */
export function wrapped(line: string, width: number): string[] {
  return wrapAnsi(line, width, { hard: true, trim: false }).split("\n");
}

/** `text` filled with blanks to `width` columns. */
export function filled(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - stringWidth(text)));
}

/** Items one behind the other, in as many lines of at most `width` columns as they need. */
export function flowed(items: readonly string[], width: number, separator: string): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const longer = `${lines.at(-1)}${separator}${item}`;
    if (lines.length > 0 && stringWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(item);
  }
  return lines;
}
