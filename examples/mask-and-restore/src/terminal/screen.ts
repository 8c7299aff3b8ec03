import pc from "picocolors";
import { wrapped } from "./columns.ts";

/** Wider than this, lines are hard to follow. */
const maxWidth = 110;
const minWidth = 40;

export interface Screen {
  /** Columns to lay out for. */
  readonly width: number;
  /** Whether a person watches it live; a file or a pipe is written to without pauses. */
  readonly live: boolean;
  line(text?: string): void;
  heading(title: string, note?: string): void;
  /** Lines with a bar at their left. */
  quote(lines: readonly string[]): void;
}

export function createScreen(output: NodeJS.WriteStream): Screen {
  const width = Math.max(minWidth, Math.min(maxWidth, output.columns ?? 100)) - 2;
  const line = (text = "") => void output.write(text === "" ? "\n" : `  ${text}\n`);
  return {
    width,
    live: output.isTTY === true,
    line,
    heading(title, note = "") {
      line();
      line(note === "" ? pc.bold(title) : `${pc.bold(title)}  ${pc.dim(note)}`);
      line(pc.dim("─".repeat(width)));
    },
    quote(lines) {
      for (const row of lines.flatMap((text) => wrapped(text, width - 2))) line(`${pc.dim("│")} ${row}`.trimEnd());
    },
  };
}
