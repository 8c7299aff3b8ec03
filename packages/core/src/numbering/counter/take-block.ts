import { defineScript } from "../../script/define-script.ts";
import { composeLua } from "../scripts/compose-lua.ts";
import { type Refusal, readFields, readWhole } from "../scripts/reply-fields.ts";
import takeBlockLua from "./take-block.lua";
import { takeBlockInMemory } from "./take-block.memory.ts";

/** Takes the next numbers of one counter. If it runs twice, it takes two blocks. */
export const takeBlock = defineScript<
  { readonly count: number },
  Refusal | { readonly status: "ok"; readonly first: number; readonly last: number }
>({
  name: "take-block",
  keys: ["counter"],
  args: ({ count }) => [String(count)],
  reply: (raw) => {
    const reply = readFields(raw);
    if (reply.status !== "ok") return reply;
    return { status: "ok", first: readWhole(reply.fields[0]), last: readWhole(reply.fields[1]) };
  },
  lua: composeLua(takeBlockLua, "server"),
  memory: takeBlockInMemory,
});
