import pc from "picocolors";
import { fitted } from "./columns.ts";

/** Wider than this, lines are hard to follow. */
const MAX_WIDTH = 110;
const MIN_WIDTH = 40;

export interface Screen {
  /** Columns to lay out for. */
  readonly width: number;
  /** Whether a person watches it live; a file or a pipe is written to without pauses. */
  readonly live: boolean;
  line(text?: string): void;
  heading(title: string, note?: string): void;
  /** Lines with a bar at their left, each cut to the width. */
  quote(lines: readonly string[]): void;
}

export function createScreen(output: NodeJS.WriteStream): Screen {
  const width = Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, output.columns ?? 100)) - 2;
  const line = (text = "") => void output.write(text === "" ? "\n" : `  ${text}\n`);
  return {
    width,
    live: output.isTTY === true,
    line,
    heading(title, note = "") {
      line();
      line(fitted(note === "" ? pc.bold(title) : `${pc.bold(title)}  ${pc.dim(note)}`, width).trimEnd());
      line(pc.dim("─".repeat(width)));
    },
    quote(lines) {
      for (const text of lines) line(`${pc.dim("│")} ${fitted(text, width - 2).trimEnd()}`);
    },
  };
}
