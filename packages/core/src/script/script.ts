import type { ScriptStore } from "./script-store.ts";

/** The answer of a server, or of a twin, before `reply` reads it: flat, as Redis can send it. */
export type RawReply = string | number | null | readonly (string | number | null)[];

export interface ScriptDefinition<Arguments, Reply> {
  /** In kebab-case and unique within a package. Appears in `BackendError.operation`. */
  readonly name: string;
  /** What each key is, in order. All keys of one call share one hash tag. */
  readonly keys: readonly string[];
  /** Flattens the typed arguments. In Lua they follow the store's time, so the first one is `ARGV[2]`. */
  readonly args: (input: Arguments) => readonly string[];
  /** Reads and checks a raw reply. Whatever it throws becomes `BACKEND_REPLY_INVALID`. */
  readonly reply: (raw: RawReply, input: Arguments) => Reply;
  /**
   * The Redis twin. `ARGV[1]` is `""`, or in tests the milliseconds since the epoch that replace the server's clock. The first
   * line (`#!lua`) belongs to the backend, and so a script has none. A backend may run several calls in one command, so a
   * script must not change what outlives a call, as `redis.setresp` does.
   */
  readonly lua: string;
  /** The memory twin: same arguments, same reply, same remaining TTLs. It must not await. */
  readonly memory: (store: ScriptStore, keys: readonly string[], args: readonly string[]) => RawReply;
  /**
   * What a full backend may do with the keys that the script writes: drop the least recently used ones (`"while-room"`), or keep
   * them and fail the write with `BACKEND_FULL` (`"always"`).
   *
   * @default "always"
   */
  readonly retain?: Retention;
}

/** `"always"` is never evicted; `"while-room"` may be. */
export type Retention = "always" | "while-room";

/** An atomic step, written once for Redis and once for memory. Made by {@link defineScript}. */
export interface Script<Arguments, Reply> extends Required<ScriptDefinition<Arguments, Reply>> {}
