import state from "./fragments/state.lua";

/** A line that names a section: at the head of it where it is written down, in its place where it is used. */
const slot = /^ *\{\{(\w+)\}\}\n/m;
const slots = new RegExp(slot, "gm");

/**
 * A script's whole text: what stands at the head of the state's fragment and of the algorithm's, then `main` with their sections
 * in its slots.
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
