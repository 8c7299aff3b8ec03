import type { ScriptStore } from "./script-store.ts";

/** What a script's twin, or a server, answers before `reply` has read it: flat, as Redis can carry it. */
export type RawReply = string | number | null | readonly (string | number | null)[];

export interface ScriptDefinition<Arguments, Reply> {
  /** Kebab-case, unique within a package; appears in `BackendError.operation`. */
  readonly name: string;
  /** What each key is, in order. All keys of one call share one hash tag. */
  readonly keys: readonly string[];
  /** Flattens the typed arguments; they follow the store time, so the first one is `ARGV[2]` in Lua. */
  readonly args: (input: Arguments) => readonly string[];
  /** Reads and checks a raw reply; whatever it throws becomes `BACKEND_REPLY_INVALID`. */
  readonly reply: (raw: RawReply, input: Arguments) => Reply;
  /**
   * The Redis twin. `ARGV[1]` is `""`, or milliseconds since the epoch that stand for the server's clock in tests.
   * No first line of its own (`#!lua`): that belongs to the backend, which may run several calls in one command. So nothing
   * outlives a call, such as what `redis.setresp` sets.
   */
  readonly lua: string;
  /** The memory twin: same arguments, same reply, same remaining TTLs. Runs to its end without awaiting. */
  readonly memory: (store: ScriptStore, keys: readonly string[], args: readonly string[]) => RawReply;
  /**
   * What a bounded backend may do to the keys that the script writes: drop the ones used longest ago when it is full,
   * or never, and fail the write with `BACKEND_FULL`.
   *
   * @default "always"
   */
  readonly retain?: Retention;
}

/** `"always"` is never evicted; `"while-room"` may be. */
export type Retention = "always" | "while-room";

/** An atomic step, written once for Redis and once for memory. Made by {@link defineScript}. */
export interface Script<Arguments, Reply> extends Required<ScriptDefinition<Arguments, Reply>> {}
