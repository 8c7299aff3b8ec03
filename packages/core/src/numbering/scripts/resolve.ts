import { defineScript } from "../../script/define-script.ts";
import { composeScopeLua } from "./compose-lua.ts";
import { packReferences } from "./pack-args.ts";
import { expectCount, type Refusal, readFields, readRemaining, readWhole } from "./reply-fields.ts";
import resolveLua from "./resolve.lua";
import { resolveInMemory } from "./resolve.memory.ts";
import { scopeKeys } from "./scope-keys.ts";

export interface ResolveInput {
  /** 0 for ever. */
  readonly ttlMs: number;
  readonly references: readonly { readonly type: string; readonly number: number }[];
}

/** What a reference stands for: its value, nothing, or a record that can't be read. */
export type Resolution = { readonly value: string } | "unknown" | "corrupt";

export interface ResolvedReferences {
  readonly status: "ok";
  readonly epoch: number;
  /** As in `AssignedNumbers`. */
  readonly born: number;
  readonly remainingMs: number | null;
  readonly resolutions: readonly Resolution[];
}

/** Reads what references stand for, and keeps what it finds alive for another ttl. */
export const resolve = defineScript<ResolveInput, Refusal | ResolvedReferences>({
  name: "resolve",
  keys: scopeKeys,
  args: ({ ttlMs, references }) => [String(ttlMs), packReferences(references)],
  reply: (raw, { references }) => {
    const reply = readFields(raw);
    if (reply.status !== "ok") return reply;
    const [epoch, born, remaining, ...values] = reply.fields;
    expectCount(values, references.length);
    return {
      status: "ok",
      epoch: readWhole(epoch),
      born: readWhole(born),
      remainingMs: readRemaining(remaining),
      resolutions: values.map((value) => {
        if (value === null) return "unknown";
        return value.startsWith("=") ? { value: value.slice(1) } : "corrupt";
      }),
    };
  },
  lua: composeScopeLua(resolveLua, "life", "highest", "openGeneration", "records"),
  memory: resolveInMemory,
});
