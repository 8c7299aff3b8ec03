import type { Result } from "./benchmark.ts";

/** The figures alone, for programs. */
export function toJsonLine({ note: _, ...figures }: Result): string {
  return JSON.stringify(figures, (_key, value: unknown) => (typeof value === "number" ? round(value) : value));
}

/** The same for people, and what is worth knowing about the figure below it. */
export function toTableLine({ name, unit, ours, peer, peerName, ratio, note }: Result): string {
  const cells = [
    name.padEnd(42),
    `${round(ours)} ${unit}`.padStart(16),
    (peer === undefined ? "" : `${peerName} ${round(peer)} ${unit}`).padStart(44),
    (ratio === undefined ? "" : `x ${ratio.toFixed(2)}`).padStart(8),
  ];
  // What is longer than its column moves its own line, and stays apart from what follows.
  return [cells.join("  ").trimEnd(), ...(note === undefined ? [] : [`    ${note}`])].join("\n");
}

/** Four digits, or all of those before the point. */
function round(value: number): number {
  return value >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
}
