import { defineScript } from "../../script/define-script.ts";
import { composeScopeLua } from "./compose-lua.ts";
import readHighestLua from "./read-highest.lua";
import { readHighestInMemory } from "./read-highest.memory.ts";
import { type Refusal, readFields, readWhole } from "./reply-fields.ts";
import { scopeKeys } from "./scope-keys.ts";

/** Reads the highest number of every type. `ttlMs` is 0 for ever. */
export const readHighest = defineScript<
  { readonly ttlMs: number },
  Refusal | { readonly status: "ok"; readonly highest: ReadonlyMap<string, number> }
>({
  name: "read-highest",
  keys: scopeKeys,
  args: ({ ttlMs }) => [String(ttlMs)],
  reply: (raw) => {
    const reply = readFields(raw);
    if (reply.status !== "ok") return reply;
    const highest = new Map<string, number>();
    for (let at = 0; at < reply.fields.length; at += 2) {
      highest.set(reply.fields[at] ?? "", readWhole(reply.fields[at + 1]));
    }
    return { status: "ok", highest };
  },
  lua: composeScopeLua(readHighestLua, "highest"),
  memory: readHighestInMemory,
});
