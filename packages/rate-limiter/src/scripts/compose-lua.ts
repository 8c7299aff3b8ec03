import state from "./fragments/state.lua";

/** A line `{{name}}`: in a fragment it begins a section, in a script it is replaced by that section. */
const slot = /^ *\{\{(\w+)\}\}\n/m;
const slots = new RegExp(slot, "gm");

/**
 * The whole text of a script: the heads of the state's and the algorithm's fragments, then `main` with their sections put into
 * its slots.
 */
/* @__NO_SIDE_EFFECTS__ */
export function composeLua(main: string, algorithm = ""): string {
  const sections = new Map<string, string>();
  const heads = [state, algorithm].map((fragment) => {
    const [head = "", ...parts] = fragment.split(slot);
    for (let index = 0; index < parts.length; index += 2) sections.set(parts[index] ?? "", parts[index + 1] ?? "");
    return head;
  });
  return heads.join("") + main.replace(slots, (_, name: string) => sections.get(name) ?? missing(name));
}

function missing(name: string): never {
  throw new Error(`no fragment has a section ${name}`);
}
