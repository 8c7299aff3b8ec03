/** Who holds the slots of one key, and who waits for them. */
export interface SlotState {
  /** Milliseconds since the epoch: what all other times count from. */
  readonly born: number;
  /** What the clock has lost by stepping back, so that times go on from where they were. */
  shift: number;
  /** The latest time that was written. */
  last: number;
  held: Standing[];
  /** In the order of asking. */
  queue: Standing[];
}

/** One attempt to run, with a slot or with a place in the queue. */
export interface Standing {
  readonly id: string;
  readonly expiresAt: number;
}

const headPattern = /^1 (\d+) (\d+) (\d+)\n/;
const linePattern = /([hw]) ([\w-]+) (\d+)\n/y;

/**
 * Reads `1 born shift last` and one line for each attempt: `h` with a slot or `w` waiting, its id, when that ends. `last` and
 * ends count from `born`.
 *
 * @returns undefined for what can't have been written by `encodeSlotState`
 */
export function decodeSlotState(text: string): SlotState | undefined {
  const head = headPattern.exec(text);
  if (head === null) return undefined;
  const [born, shift, last] = head.slice(1).map(Number) as [number, number, number];
  const state: SlotState = { born, shift, last: born + last, held: [], queue: [] };
  linePattern.lastIndex = head[0].length;
  let end = head[0].length;
  for (let line = linePattern.exec(text); line !== null; line = linePattern.exec(text)) {
    const [, kind, id, expires] = line;
    (kind === "h" ? state.held : state.queue).push({ id: id as string, expiresAt: born + Number(expires) });
    end = linePattern.lastIndex;
  }
  return end === text.length ? state : undefined;
}

export function encodeSlotState({ born, shift, last, held, queue }: SlotState): string {
  const lineOf = (kind: string) => (standing: Standing) => `${kind} ${standing.id} ${standing.expiresAt - born}\n`;
  return [`1 ${born} ${shift} ${last - born}\n`, ...held.map(lineOf("h")), ...queue.map(lineOf("w"))].join("");
}

/** Where an attempt stands in a list, or -1. */
export function placeOf(list: readonly Standing[], id: string): number {
  return list.findIndex((standing) => standing.id === id);
}
