import type { ScriptStore } from "@keyward/core";
import { decodeSlotState, encodeSlotState, type SlotState, type Standing } from "./slot-state.ts";

/**
 * The slots of one key as a script's twin sees them: read once, without those whose time is up, on a clock that never steps
 * back. Twin of `fragments/slots.lua`.
 */
export class StoredSlots {
  readonly state: SlotState;
  /** The time of this step. */
  readonly at: number;
  readonly #store: ScriptStore;
  readonly #key: string;

  private constructor(store: ScriptStore, key: string, found: SlotState | undefined) {
    this.#store = store;
    this.#key = key;
    this.state = found ?? { born: store.now, shift: 0, last: store.now, held: [], queue: [] };
    const { state } = this;
    const at = store.now + state.shift;
    this.at = Math.max(at, state.last);
    state.shift += this.at - at;
    const isLive = ({ expiresAt }: Standing) => expiresAt > this.at;
    state.held = state.held.filter(isLive);
    state.queue = state.queue.filter(isLive);
  }

  /** @returns undefined for a state that can't be read */
  static read(store: ScriptStore, key: string): StoredSlots | undefined {
    const text = store.get(key);
    const found = text === null ? undefined : decodeSlotState(text);
    return text !== null && found === undefined ? undefined : new StoredSlots(store, key, found);
  }

  save(): void {
    const { state, at } = this;
    const longest = Math.max(at, ...[...state.held, ...state.queue].map(({ expiresAt }) => expiresAt));
    state.last = at;
    if (longest > at) this.#store.set(this.#key, encodeSlotState(state), longest - at);
    else this.#store.delete(this.#key);
  }
}
