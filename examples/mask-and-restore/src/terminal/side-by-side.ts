import { filled, wrapped } from "./columns.ts";

export interface SideBySide {
  left(piece: string): void;
  right(piece: string): void;
  /** Prints what is left, with or without its other half. */
  end(): void;
}

export interface SideBySideOptions {
  readonly width: number;
  readonly print: (line: string) => void;
  readonly paintLeft: (line: string) => string;
  readonly paintRight: (line: string) => string;
  /** Marks the place where one piece on the left ended and the next began. */
  readonly seam: string;
}

/** Two texts that arrive in pieces, shown line beside line as soon as both halves of a line are complete. */
export function createSideBySide({ width, print, paintLeft, paintRight, seam }: SideBySideOptions): SideBySide {
  const half = Math.floor((width - 3) / 2);
  const lefts: string[] = [""];
  const rights: string[] = [""];

  function take(lines: string[], piece: string): void {
    const [first = "", ...others] = piece.split("\n");
    lines[lines.length - 1] += first;
    lines.push(...others);
    while (lefts.length > 1 && rights.length > 1) printRow();
  }

  function printRow(): void {
    const left = wrapped(paintLeft(lefts.shift() ?? ""), half);
    const right = wrapped(paintRight(rights.shift() ?? ""), half);
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
      print(`${filled(left[index] ?? "", half)} │ ${right[index] ?? ""}`.trimEnd());
    }
  }

  return {
    left(piece) {
      const line = lefts.at(-1);
      take(lefts, line === "" ? piece : seam + piece);
    },
    right(piece) {
      take(rights, piece);
    },
    end() {
      while (lefts.length > 0 || rights.length > 0) printRow();
    },
  };
}
