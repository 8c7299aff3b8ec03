/** All that is stored about one caller: when its state began, until when it is blocked, and what it has taken in each window. */
export interface KeyState {
  /** In milliseconds since the epoch. Tells this state from one that begins later under the same key. */
  readonly born: number;
  /** How far the clock has stepped back in all. Added to it, so that times never go backwards. */
  shift: number;
  /** The latest time that was written. */
  readonly last: number;
  blockedUntil: number;
  /** The windows that still count, by name. */
  readonly windows: Map<string, StoredWindow>;
}

export interface StoredWindow {
  /** From when on it no longer counts. */
  readonly expiresAt: number;
  /** Two whole numbers and a text without line breaks, which only its algorithm understands. */
  readonly first: number;
  readonly second: number;
  readonly rest: string;
}

const headPattern = /^1 (\d+) (\d+) (\d+) (\d+)\n/;
const windowPattern = /([lgf]\d+) (\d+) (\d+) (\d+) ([^\n]*)\n/y;

/**
 * Reads `1 born shift last blocked`, then a line for each window: its name, when it expires, and the three values of its
 * algorithm. All times but `born` count from `born`. A window of no length, `l0`, is nobody's: it only keeps the state alive.
 *
 * @returns undefined for a text that `encodeKeyState` can't have written
 */
export function decodeKeyState(text: string): KeyState | undefined {
  const head = headPattern.exec(text);
  if (head === null) return undefined;
  const [born, shift, last, blocked] = head.slice(1).map(Number) as [number, number, number, number];
  const windows = new Map<string, StoredWindow>();
  windowPattern.lastIndex = head[0].length;
  let end = head[0].length;
  for (let line = windowPattern.exec(text); line !== null; line = windowPattern.exec(text)) {
    const [, name, expires, first, second, rest] = line as unknown as [string, string, string, string, string, string];
    windows.set(name, { expiresAt: born + Number(expires), first: Number(first), second: Number(second), rest });
    end = windowPattern.lastIndex;
  }
  return end === text.length ? { born, shift, last: born + last, blockedUntil: born + blocked, windows } : undefined;
}

/** When a state began, whatever else is in it; undefined for anything but a state of this version. */
export function bornOf(text: string): number | undefined {
  const head = headPattern.exec(text);
  return head === null ? undefined : Number(head[1]);
}

export function encodeKeyState({ born, shift, last, blockedUntil, windows }: KeyState): string {
  const lines = [...windows].map(
    ([name, { expiresAt, first, second, rest }]) => `${name} ${expiresAt - born} ${first} ${second} ${rest}\n`,
  );
  return `1 ${born} ${shift} ${last - born} ${blockedUntil - born}\n${lines.join("")}`;
}
