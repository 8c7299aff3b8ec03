import { hashState, type KeyState, stringState } from "./key-state.ts";
import type { ScriptHost } from "./script-host.ts";

export interface RedisOutcome {
  /** The command's reply, or the `Error` that it failed with. */
  readonly answer: unknown;
  /** What each key holds now; null for an absent key. */
  readonly states: ReadonlyMap<string, KeyState | null>;
  /** By how much the number of keys has changed beyond the call's own keys; below 0 if keys have gone. */
  readonly undeclared: number;
  /** Real milliseconds that may have passed while the keys had a real TTL, so each TTL may be this much lower. */
  readonly driftMs: number;
}

interface Remembered {
  readonly state: KeyState;
  readonly expiresAt: number | null;
}

/** More than enough to find a run within one millisecond, unless the command itself takes longer. */
const mostAttempts = 4;
const readHash = "return redis.call('HGETALL', KEYS[1])";
/** Below the most arguments of a command, and above the most fields of a hash in a test. */
const fieldsPerCommand = 1000;

/**
 * A real Redis that follows virtual time.
 *
 * Nobody can set the clock of a Redis. So between commands its keys have no TTL at all, and their deadlines are kept here.
 * For a command, in the same MULTI, each key gets the TTL that it has left in virtual time, or is deleted if none is left.
 * After the command, the TTLs are read and removed again. So nothing ever expires in real time.
 *
 * During the MULTI, some tens of microseconds of real time pass. If the server's clock shows another millisecond at its end
 * than at its start, the keys are restored and the command runs again, so the comparison is exact.
 */
export class RedisTwin {
  readonly #host: ScriptHost;
  readonly #remembered = new Map<string, Remembered>();
  readonly #touched = new Set<string>();

  constructor(host: ScriptHost) {
    this.#host = host;
  }

  async serverId(): Promise<string> {
    const [information] = await this.#host.transaction([["info", "replication"]]);
    return /master_replid:(\w+)/.exec(String(information))?.[1] ?? "";
  }

  /** The virtual deadlines of all keys, nearest first. */
  deadlines(): (readonly [key: string, expiresAt: number])[] {
    return [...this.#remembered]
      .flatMap(([key, { expiresAt }]) => (expiresAt === null ? [] : [[key, expiresAt] as const]))
      .sort((a, b) => a[1] - b[1]);
  }

  async perform(now: number, keys: readonly string[], command: readonly string[]): Promise<RedisOutcome> {
    await this.#adopt(keys);
    let attempt = await this.#attempt(this.#travel(now, keys), keys, command);
    for (let count = 1; attempt.driftMs > 0 && count < mostAttempts; count++) {
      attempt = await this.#attempt(this.#rebuild(now, keys), keys, command);
    }
    const states = await this.#readStates(keys, attempt.types, attempt.ttls);
    for (const [key, state] of states) {
      if (state) this.#remembered.set(key, { state, expiresAt: state.ttlMs === null ? null : now + state.ttlMs });
      else this.#remembered.delete(key);
    }
    return { answer: attempt.answer, states, undeclared: attempt.undeclared, driftMs: attempt.driftMs };
  }

  /** Takes over the memory twin's deadlines where the real ones couldn't be read to the millisecond. */
  settle(key: string, expiresAt: number | null): void {
    const remembered = this.#remembered.get(key);
    if (remembered) this.#remembered.set(key, { ...remembered, expiresAt });
  }

  async clear(): Promise<void> {
    if (this.#touched.size > 0) await this.#host.transaction([["del", ...this.#touched]]);
    this.#touched.clear();
    this.#remembered.clear();
  }

  /** Deletes keys that are seen for the first time, because an earlier run may have left something there. */
  async #adopt(keys: readonly string[]): Promise<void> {
    const fresh = keys.filter((key) => !this.#touched.has(key));
    if (fresh.length === 0) return;
    for (const key of fresh) this.#touched.add(key);
    await this.#host.transaction([["del", ...fresh]]);
  }

  async #attempt(before: string[][], keys: readonly string[], command: readonly string[]) {
    const count = [["dbsize"], ["exists", ...keys]];
    const replies = await this.#host.transaction([
      ["time"],
      ...before,
      ...count,
      command,
      ...count,
      ...keys.map((key) => ["type", key]),
      ...keys.map((key) => ["pttl", key]),
      ...keys.map((key) => ["persist", key]),
      ["time"],
    ]);
    const [sizeBefore, ownBefore, answer, sizeAfter, ownAfter, ...rest] = replies.slice(1 + before.length);
    return {
      answer,
      undeclared: Number(sizeAfter) - Number(ownAfter) - (Number(sizeBefore) - Number(ownBefore)),
      types: rest.slice(0, keys.length).map(String),
      ttls: rest.slice(keys.length, 2 * keys.length).map(Number),
      driftMs: milliseconds(replies.at(-1)) - milliseconds(replies[0]),
    };
  }

  #travel(now: number, keys: readonly string[]): string[][] {
    return keys.flatMap((key) => {
      const expiresAt = this.#remembered.get(key)?.expiresAt ?? null;
      if (expiresAt === null) return [];
      return expiresAt > now ? [["pexpire", key, String(expiresAt - now)]] : [["del", key]];
    });
  }

  #rebuild(now: number, keys: readonly string[]): string[][] {
    return [["del", ...keys], ...keys.flatMap((key) => this.#rebuildKey(key)), ...this.#travel(now, keys)];
  }

  #rebuildKey(key: string): string[][] {
    const state = this.#remembered.get(key)?.state;
    if (!state) return [];
    if (state.type === "string") return [["set", key, state.content.get("") ?? ""]];
    const fields = [...state.content];
    return Array.from({ length: Math.ceil(fields.length / fieldsPerCommand) }, (_, index) => [
      "hset",
      key,
      ...fields.slice(index * fieldsPerCommand, (index + 1) * fieldsPerCommand).flat(),
    ]);
  }

  async #readStates(keys: readonly string[], types: readonly string[], ttls: readonly number[]) {
    const states = new Map<string, KeyState | null>();
    const replies = await this.#host.transaction(
      keys.map((key, index) => (types[index] === "hash" ? ["eval", readHash, "1", key] : ["get", key])),
    );
    for (const [index, key] of keys.entries()) {
      const reply = replies[index];
      const ttlMs = ttls[index] === -1 ? null : (ttls[index] ?? null);
      if (types[index] === "none") states.set(key, null);
      else if (types[index] === "hash") states.set(key, hashState(pairs(reply), ttlMs));
      else if (typeof reply === "string") states.set(key, stringState(reply, ttlMs));
      else throw new Error(`a script left a ${types[index]} behind: twins have strings and hashes only`);
    }
    return states;
  }
}

function milliseconds(time: unknown): number {
  const [seconds, microseconds] = Array.isArray(time) ? time : [];
  const result = Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000);
  if (Number.isNaN(result)) throw new Error("the host must answer TIME with an array of two strings");
  return result;
}

function pairs(flat: unknown): [string, string][] {
  const items = Array.isArray(flat) ? flat.map(String) : [];
  return Array.from({ length: items.length / 2 }, (_, index) => [items[2 * index] ?? "", items[2 * index + 1] ?? ""]);
}
