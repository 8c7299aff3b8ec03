import { checkScriptCall, type RawReply, type Script, type ScriptDefinition } from "@keyward/core";
import fc from "fast-check";

/** One call of a script with plain arguments. It doesn't have the script's own types, so calls of several scripts can be mixed. */
export interface ScriptCall
  extends Pick<ScriptDefinition<never, unknown>, "name" | "lua" | "memory">,
    Pick<Script<never, unknown>, "retain"> {
  readonly keys: readonly string[];
  readonly args: readonly string[];
  /** @throws whatever the script's `reply` throws */
  readonly decode: (raw: RawReply) => unknown;
}

/**
 * Makes a call of `script`, to be mixed into sequences of another script that works on the same keys.
 *
 * @throws {ConfigurationError} if there are too many or too few keys, if they are in different slots, or if an argument isn't
 * text.
 */
export function callOf<Arguments, Reply>(
  script: Script<Arguments, Reply>,
  keys: readonly string[],
  input: Arguments,
): ScriptCall {
  const { name, lua, memory, retain } = script;
  const call: ScriptCall = {
    name,
    lua,
    memory,
    retain,
    keys,
    args: checkScriptCall(script, keys, input),
    decode: (raw) => script.reply(raw, input),
  };
  // A counterexample should show the call, not two pages of source.
  return Object.assign(call, { [fc.toStringMethod]: () => describeCall(name, keys, input) });
}

function describeCall(name: string, keys: readonly string[], input: unknown): string {
  return `${name}(${[...keys, fc.stringify(input)].join(", ")})`;
}
