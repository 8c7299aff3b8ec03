import type { RawReply, Script, ScriptDefinition } from "@keyward/core";

/** A script with one deliberate defect in one of its twins, which the comparison must find. */
export interface ScriptMutant {
  /** What is wrong, as a fact: "the TTL is 1 ms too long". */
  readonly defect: string;
  readonly change: (twins: Twins) => Partial<Twins>;
}

/** Where a defect may be. */
export type Twins = Pick<ScriptDefinition<never, unknown>, "lua" | "memory">;

export function mutate<Arguments, Reply>(
  script: Script<Arguments, Reply>,
  mutant: ScriptMutant,
): Script<Arguments, Reply> {
  return { ...script, ...mutant.change(script) };
}

/**
 * Puts a defect into the Lua by replacing a text that must occur there exactly once.
 *
 * @throws {Error} if it doesn't, since a mutant without a change proves nothing.
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

/** Puts a defect into the reply of the memory twin. */
export function replyMutant(defect: string, change: (raw: RawReply) => RawReply): ScriptMutant {
  return {
    defect,
    change: ({ memory }) => ({ memory: (store, keys, args) => change(memory(store, keys, args)) }),
  };
}
