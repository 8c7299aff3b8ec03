/** What is known of one caller: when its state began, until when it is blocked, and what it has taken, window by window. */
export interface KeyState {
  /** Milliseconds since the epoch; tells one life of the state from the next. */
  readonly born: number;
  /** What the clock has lost by stepping back, so that times go on from where they were. */
  shift: number;
  /** The latest time that was written. */
  readonly last: number;
  blockedUntil: number;
  /** The windows that still count, by name. */
  readonly windows: Map<string, StoredWindow>;
}

export interface StoredWindow {
  /** When it is as good as none. */
  readonly expiresAt: number;
  /** Two whole numbers and a text without line breaks, by which its algorithm knows it. */
  readonly first: number;
  readonly second: number;
  readonly rest: string;
}

const headPattern = /^1 (\d+) (\d+) (\d+) (\d+)\n/;
const windowPattern = /([lgf]\d+) (\d+) (\d+) (\d+) ([^\n]*)\n/y;

/**
 * Reads `1 born shift last blocked` and one line a window: its name, when it expires, what its algorithm knows it by. All but `born` and
 * `shift` count from `born`. A window of no length, `l0`, is nobody's: it only keeps the state.
 *
 * @returns undefined for what can't have been written by `encodeKeyState`
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

/** When a state was born, whatever else is in it; undefined for what isn't one of this version. */
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
