import type { ScriptStore } from "@keyward/core";
import type { Algorithm, WindowRule } from "../../algorithms/algorithm.ts";
import { decodeKeyState, encodeKeyState, type KeyState, type StoredWindow } from "./key-state.ts";

/**
 * One caller's state as a script in memory sees it: read once, on a clock that never steps back, and written at most once.
 * Twin of `fragments/state.lua`.
 */
export class StoredState {
  /** What was stored; undefined if nothing was. */
  readonly found: KeyState | undefined;
  readonly state: KeyState;
  /** The time of this step. */
  readonly at: number;
  /** Whether the store's clock is behind the latest time that was stored. To make up for that, the state has to be saved. */
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

  /** @returns undefined if the stored text can't be read */
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

  /** Stores the state for as long as anything in it counts, and deletes it if nothing does. */
  save(): void {
    const { state, at } = this;
    // This call's windows first and in its order, as the Lua twin writes them.
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
