import { defineScript } from "../script/define-script.ts";
import type { RawReply, Script } from "../script/script.ts";
import countCommandsLua from "./count-commands.lua";

export interface CountedReply {
  /** The script's own answer. */
  readonly raw: RawReply;
  /** Commands that ran inside the script; 0 from a memory twin. */
  readonly commands: number;
}

/** A script that also counts the commands inside it, and is otherwise the same step. */
export interface CountedScript<Arguments> {
  readonly script: Script<Arguments, CountedReply>;
  /** The most commands that a run has taken so far. */
  most: number;
}

const counted = new WeakMap<Script<never, unknown>, CountedScript<never>>();

/** Returns the counted version of a script. It is always the same one, so that a server holds its text only once. */
export function countedScript<Arguments>(script: Script<Arguments, unknown>): CountedScript<Arguments> {
  const known = counted.get(script);
  if (known) return known as CountedScript<never> as CountedScript<Arguments>;
  const { name, keys, args, retain, lua, memory } = script;
  const made: CountedScript<Arguments> = {
    most: 0,
    script: defineScript<Arguments, CountedReply>({
      name,
      keys,
      args,
      retain,
      lua: countingLua(lua),
      memory: (...call) => withCount(memory(...call), 0),
      reply: readCount,
    }),
  };
  counted.set(script, made);
  return made;
}

/**
 * Wraps the script into a function that gets a counting `redis` and returns the script's result. That leaves it 199 of 200
 * local variables. It begins on the first line, so that its errors name the same lines as before.
 */
export function countingLua(lua: string): string {
  return `local script = function(redis) ${lua}\nend\n${countCommandsLua}`;
}

function withCount(raw: RawReply, commands: number): RawReply {
  return isArray(raw) ? [...raw, commands] : [raw, -1 - commands];
}

/** Separates a reply from its count. @throws {TypeError} if there is no count. */
export function readCount(reply: RawReply): CountedReply {
  const count = isArray(reply) ? reply.at(-1) : undefined;
  if (!isArray(reply) || typeof count !== "number") throw new TypeError("no count");
  if (count >= 0) return { raw: reply.slice(0, -1), commands: count };
  return { raw: reply[0] ?? null, commands: -1 - count };
}

/** `Array.isArray` doesn't tell a readonly array from the rest of a union. */
function isArray(raw: RawReply): raw is readonly (string | number | null)[] {
  return Array.isArray(raw);
}
