import { checkScriptCall, type RawReply, type Script, type ScriptDefinition } from "@keyward/core";
import fc from "fast-check";

/** One call of a script, its arguments flattened: without the script's own types, so that calls of several scripts mix. */
export interface ScriptCall
  extends Pick<ScriptDefinition<never, unknown>, "name" | "lua" | "memory">,
    Pick<Script<never, unknown>, "retain"> {
  readonly keys: readonly string[];
  readonly args: readonly string[];
  /** @throws whatever the script's `reply` throws */
  readonly decode: (raw: RawReply) => unknown;
}

/**
 * A call of `script`, to be mixed into sequences of another script that works on the same keys.
 *
 * @throws {ConfigurationError} if the keys are too many, too few or in different slots, or an argument isn't text.
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
  // A counterexample shows the call as it was asked for, not two pages of source.
  return Object.assign(call, { [fc.toStringMethod]: () => describeCall(name, keys, input) });
}

function describeCall(name: string, keys: readonly string[], input: unknown): string {
  return `${name}(${[...keys, fc.stringify(input)].join(", ")})`;
}
