import { defineScript } from "../../script/define-script.ts";
import completeIndexLua from "./complete-index.lua";
import { completeIndexInMemory } from "./complete-index.memory.ts";
import { composeScopeLua } from "./compose-lua.ts";
import { type Refusal, readFields } from "./reply-fields.ts";
import { scopeKeys } from "./scope-keys.ts";

export interface CompleteIndexInput {
  /** 0 for ever. */
  readonly ttlMs: number;
  readonly name: string;
  /** The highest number of each type that has been walked. */
  readonly upTo: ReadonlyMap<string, number>;
}

/** Marks an index name as complete, unless it may miss a mapping beyond what has been walked. */
export const completeIndex = defineScript<CompleteIndexInput, Refusal | { status: "ok"; complete: boolean }>({
  name: "complete-index",
  keys: scopeKeys,
  args: ({ ttlMs, name, upTo }) => [
    String(ttlMs),
    name,
    ...[...upTo].flatMap(([type, number]) => [type, String(number)]),
  ],
  reply: (raw) => {
    const reply = readFields(raw);
    return reply.status === "ok" ? { status: "ok", complete: reply.fields[0] === "1" } : reply;
  },
  lua: composeScopeLua(completeIndexLua, "highest", "indexes"),
  memory: completeIndexInMemory,
});
