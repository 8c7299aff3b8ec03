import { defineScript } from "../../script/define-script.ts";
import { composeScopeLua } from "./compose-lua.ts";
import forgetLua from "./forget.lua";
import { forgetInMemory } from "./forget.memory.ts";
import { packEntries, packReferences } from "./pack-args.ts";
import { type Refusal, readFields, readWhole } from "./reply-fields.ts";
import { scopeKeys } from "./scope-keys.ts";

export interface ForgetInput {
  /** 0 for ever. */
  readonly ttlMs: number;
  /** The names that the ids of entries belong to. */
  readonly indexes: readonly string[];
  readonly what:
    | "all"
    | { readonly entries: readonly { readonly type: string; readonly ids: readonly string[] }[] }
    | { readonly references: readonly { readonly type: string; readonly number: number }[] };
}

export interface ForgottenMappings {
  readonly status: "ok";
  readonly epoch: number;
  /** Null for `"all"`, which removes mappings without counting them. */
  readonly forgotten: number | null;
}

/** Removes mappings, both directions, and raises the scope's epoch. The counters stay. */
export const forget = defineScript<ForgetInput, Refusal | ForgottenMappings>({
  name: "forget",
  keys: scopeKeys,
  args: ({ ttlMs, indexes, what }) => {
    if (what === "all") return [String(ttlMs), "", "all"];
    if ("references" in what) return [String(ttlMs), "", "references", packReferences(what.references)];
    return [String(ttlMs), indexes.join(","), "entries", ...packEntries(what.entries, indexes)];
  },
  reply: (raw) => {
    const reply = readFields(raw);
    if (reply.status !== "ok") return reply;
    const [epoch, forgotten] = reply.fields;
    return { status: "ok", epoch: readWhole(epoch), forgotten: forgotten === "" ? null : readWhole(forgotten) };
  },
  lua: composeScopeLua(
    forgetLua,
    "life",
    "highest",
    "openGeneration",
    "indexes",
    "records",
    "entries",
    "removeMappings",
  ),
  memory: forgetInMemory,
});
