import type { ScriptStore } from "@keyward/core";
import type { Algorithm, WindowRule } from "../algorithms/algorithm.ts";
import { decodeKeyState, encodeKeyState, type KeyState, type StoredWindow } from "./key-state.ts";

/**
 * One caller's state as a script's twin sees it: read once, on a clock that never steps back, written at most once. Twin of
 * `fragments/state.lua`.
 */
export class StoredState {
  /** Undefined if there was none. */
  readonly found: KeyState | undefined;
  readonly state: KeyState;
  /** The time of this step. */
  readonly at: number;
  /** Whether the clock is behind what was written, which has to be written down to be made up for. */
  readonly hasSteppedBack: boolean;
  readonly #store: ScriptStore;
  readonly #key: string;
  readonly #changed = new Map<string, StoredWindow>();

  private constructor(store: ScriptStore, key: string, found: KeyState | undefined) {
    this.#store = store;
    this.#key = key;
    this.found = found;
    const { now } = store;
    this.state = found ?? { born: now, shift: 0, last: now, blockedUntil: now, windows: new Map() };
    const at = now + this.state.shift;
    this.hasSteppedBack = at < this.state.last;
    this.at = Math.max(at, this.state.last);
    this.state.shift += this.at - at;
    for (const [name, { expiresAt }] of this.state.windows) {
      if (expiresAt <= this.at) this.state.windows.delete(name);
    }
  }

  /** @returns undefined for a state that can't be read */
  static read(store: ScriptStore, key: string): StoredState | undefined {
    const text = store.get(key);
    const found = text === null ? undefined : decodeKeyState(text);
    return text !== null && found === undefined ? undefined : new StoredState(store, key, found);
  }

  /** The window's state, settled. */
  open<State>(algorithm: Algorithm<State>, rule: WindowRule): State {
    const state = this.written(algorithm, rule) ?? algorithm.create();
    algorithm.settle(state, rule, this.at);
    return state;
  }

  /** The window's state as it was written; undefined where nothing of it counts. */
  written<State>(algorithm: Algorithm<State>, rule: WindowRule): State | undefined {
    const window = this.state.windows.get(nameOf(algorithm, rule));
    return window && algorithm.decode(window, rule, this.state.born, window.expiresAt);
  }

  put<State>(algorithm: Algorithm<State>, rule: WindowRule, state: State): void {
    const expiresAt = algorithm.expiresAt(state, rule);
    this.#changed.set(nameOf(algorithm, rule), { expiresAt, ...algorithm.encode(state, this.state.born) });
  }

  /** Also while nothing is taken the key lives only as long as something in it counts. */
  save(): void {
    const { state, at } = this;
    // Those of the call first, in its order, as its other twin writes them.
    const windows = new Map([...this.#changed, ...[...state.windows].filter(([name]) => !this.#changed.has(name))]);
    for (const [name, { expiresAt }] of windows) if (expiresAt <= at) windows.delete(name);
    const ends = [...windows.values()].map(({ expiresAt }) => expiresAt);
    const longest = Math.max(state.blockedUntil, ...ends);
    if (longest > at) this.#store.set(this.#key, encodeKeyState({ ...state, last: at, windows }), longest - at);
    else this.#store.delete(this.#key);
  }
}

function nameOf({ letter }: { readonly letter: string }, { windowMs }: WindowRule): string {
  return `${letter}${windowMs}`;
}
