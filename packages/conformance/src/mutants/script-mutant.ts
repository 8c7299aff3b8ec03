import type { RawReply, Script, ScriptDefinition } from "@keyward/core";

/** A script with one deliberate defect in one of its twins, which the comparison must find. */
export interface ScriptMutant {
  /** What is wrong, as a fact: "the TTL is 1 ms too long". */
  readonly defect: string;
  readonly change: (twins: Twins) => Partial<Twins>;
}

/** What a defect may be in. */
export type Twins = Pick<ScriptDefinition<never, unknown>, "lua" | "memory">;

export function mutate<Arguments, Reply>(
  script: Script<Arguments, Reply>,
  mutant: ScriptMutant,
): Script<Arguments, Reply> {
  return { ...script, ...mutant.change(script) };
}

/**
 * A defect put into the Lua, by replacing text that stands there exactly once.
 *
 * @throws {Error} if it doesn't: a mutant that changed nothing would prove nothing.
 */
export function luaMutant(defect: string, from: string, to: string): ScriptMutant {
  return {
    defect,
    change({ lua }) {
      const parts = lua.split(from);
      if (parts.length !== 2) throw new Error(`"${defect}": found ${parts.length - 1} times in the Lua: ${from}`);
      return { lua: parts.join(to) };
    },
  };
}

/** A defect in what the memory twin answers. */
export function replyMutant(defect: string, change: (raw: RawReply) => RawReply): ScriptMutant {
  return {
    defect,
    change: ({ memory }) => ({ memory: (store, keys, args) => change(memory(store, keys, args)) }),
  };
}
