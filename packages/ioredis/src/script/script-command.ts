import merged from "./merged.lua";
import type { ScriptCall } from "./script-call.ts";
import { scriptDigest } from "./script-digest.ts";

/** A command's name and arguments. */
export type ScriptCommand = readonly [name: "evalsha" | "eval", args: string[]];

export function scriptCommand({ lua, byText, keys, args }: Omit<ScriptCall, "size">): ScriptCommand {
  return [byText ? "eval" : "evalsha", [byText ? lua : scriptDigest(lua), `${keys.length}`, ...keys, ...args]];
}

/**
 * Several calls of one script, with the same number of keys, as one command. See `merged.lua` for its reply.
 *
 * The lines of the step keep their numbers, which errors name.
 */
export function mergedCommand(calls: readonly [ScriptCall, ...ScriptCall[]]): ScriptCommand {
  const [{ lua, byText, keys: firstKeys }] = calls;
  const keys: string[] = [];
  const args = [`${firstKeys.length}`];
  let before: readonly string[] | undefined;
  for (const call of calls) {
    keys.push(...call.keys);
    if (before !== undefined && isEqual(before, call.args)) args.push("=");
    else args.push(`${call.args.length}`, ...call.args);
    before = call.args;
  }
  return scriptCommand({ lua: mergedLua(lua), byText, keys, args });
}

const known = new Map<string, string>();

function mergedLua(lua: string): string {
  let text = known.get(lua);
  if (text === undefined) {
    text = `local step = function(KEYS, ARGV) ${lua}\nend\n${merged}`;
    known.set(lua, text);
  }
  return text;
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
}
