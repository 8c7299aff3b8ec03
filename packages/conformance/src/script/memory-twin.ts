import { MemoryStore, type RawReply, type ScriptStore } from "@keyward/core";
import { DeclaredKeysStore } from "./declared-keys-store.ts";
import { hashState, type KeyState, stringState } from "./key-state.ts";
import type { ScriptCall } from "./script-call.ts";

export interface MemoryOutcome {
  readonly answer: RawReply | Error;
  readonly states: ReadonlyMap<string, KeyState | null>;
  /** Keys that the twin used without having been given them. */
  readonly undeclared: readonly string[];
}

/** The memory twin on its own store, at the time that it is given. */
export class MemoryTwin {
  readonly #store: MemoryStore;

  constructor(serverId: string) {
    this.#store = new MemoryStore({ now: () => 0, serverId });
  }

  call(now: number, call: ScriptCall): MemoryOutcome {
    let undeclared: readonly string[] = [];
    const answer = this.#attempt(now, (store) => {
      const watched = new DeclaredKeysStore(store, call.keys);
      try {
        return call.memory(watched, call.keys, call.args);
      } finally {
        undeclared = [...watched.undeclared];
      }
    });
    return { answer, states: this.#states(now, call.keys), undeclared };
  }

  /** Changes the store like another client. */
  change(now: number, keys: readonly string[], work: (store: ScriptStore) => void): MemoryOutcome {
    const answer = this.#attempt(now, (store) => {
      work(store);
      return null;
    });
    return { answer, states: this.#states(now, keys), undeclared: [] };
  }

  typeOf(now: number, key: string): KeyState["type"] | null {
    return this.#store.inspect(key, now)?.type ?? null;
  }

  #attempt(now: number, work: (store: ScriptStore) => RawReply): RawReply | Error {
    try {
      return this.#store.step(work, { nowMs: now });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #states(now: number, keys: readonly string[]): Map<string, KeyState | null> {
    return new Map(keys.map((key) => [key, this.#state(now, key)]));
  }

  #state(now: number, key: string): KeyState | null {
    const record = this.#store.inspect(key, now);
    if (!record) return null;
    return record.type === "string" ? stringState(record.value, record.ttlMs) : hashState(record.fields, record.ttlMs);
  }
}
