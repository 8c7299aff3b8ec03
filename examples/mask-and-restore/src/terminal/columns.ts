import cliTruncate from "cli-truncate";
import stringWidth from "string-width";

/** `text` at exactly `width` columns of the terminal: cut with an ellipsis, or filled with blanks. Knows colours and wide letters. */
export function fitted(text: string, width: number): string {
  const cut = cliTruncate(text, width);
  return cut + " ".repeat(Math.max(0, width - stringWidth(cut)));
}

/** Cells in as many equal columns as fit `width`, read downwards; the rows, without blanks at their ends. */
export function inColumns(cells: readonly string[], width: number, gap = 3): string[] {
  if (cells.length === 0) return [];
  const widest = Math.min(width, Math.max(...cells.map((cell) => stringWidth(cell))));
  const columnCount = Math.max(1, Math.floor((width + gap) / (widest + gap)));
  const rowCount = Math.ceil(cells.length / columnCount);
  return Array.from({ length: rowCount }, (_, row) =>
    cells
      .filter((_cell, index) => index % rowCount === row)
      .map((cell) => fitted(cell, widest))
      .join(" ".repeat(gap))
      .trimEnd(),
  );
}
