import { defineScript } from "../../script/define-script.ts";
import assignLua from "./assign.lua";
import { assignInMemory } from "./assign.memory.ts";
import { composeScopeLua } from "./compose-lua.ts";
import { packEntries } from "./pack-args.ts";
import { expectCount, type Refusal, readFields, readRemaining, readWhole } from "./reply-fields.ts";
import { scopeKeys } from "./scope-keys.ts";

export interface AssignInput {
  /** 0 for ever. */
  readonly ttlMs: number;
  readonly indexes: readonly string[];
  /** `"keep"`: known entries keep what is stored, others get numbers. `"replace"`: known ones take what this call brings. */
  readonly existing: "keep" | "replace";
  /** `"always"`: write something even if nothing changes, so that replicas have something to acknowledge. */
  readonly writes: "as-needed" | "always";
  readonly entries: readonly { readonly type: string; readonly ids: readonly string[]; readonly value: string }[];
}

export interface AssignedNumbers {
  readonly status: "ok";
  readonly epoch: number;
  /** When the scope began to count, by the store's clock in milliseconds; 0 if it doesn't exist. */
  readonly born: number;
  /** 0 if there was nothing to replace. */
  readonly remainingMs: number | null;
  /** The number is 0 for an entry with nothing to replace. */
  readonly assigned: readonly { readonly number: number; readonly isNew: boolean }[];
}

/** Finds the number of each entry, or gives it one unless told to replace, and writes both directions. May safely run twice. */
export const assign = defineScript<AssignInput, Refusal | AssignedNumbers>({
  name: "assign",
  keys: scopeKeys,
  args: ({ ttlMs, indexes, existing, writes, entries }) => [
    String(ttlMs),
    indexes.join(","),
    existing + (writes === "always" ? "!" : ""),
    ...packEntries(entries, indexes),
  ],
  reply: (raw, { entries }) => {
    const reply = readFields(raw);
    if (reply.status !== "ok") return reply;
    const [epoch, born, remaining, joined] = reply.fields;
    const numbers = joined?.split(",") ?? [];
    expectCount(numbers, entries.length);
    return {
      status: "ok",
      epoch: readWhole(epoch),
      born: readWhole(born),
      remainingMs: readRemaining(remaining),
      assigned: numbers.map((number) => {
        const isNew = !number.startsWith("-");
        return { number: readWhole(isNew ? number : number.slice(1)), isNew };
      }),
    };
  },
  lua: composeScopeLua(
    assignLua,
    "life",
    "highest",
    "openGeneration",
    "server",
    "guard",
    "indexes",
    "records",
    "entries",
    "witnesses",
    "knownEntries",
    "newNumbers",
  ),
  memory: assignInMemory,
});
