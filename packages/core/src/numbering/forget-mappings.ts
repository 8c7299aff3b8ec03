import { ConfigurationError } from "../errors/configuration-error.ts";
import { cutIntoCalls } from "./calls/call-limits.ts";
import {
  checkReferences,
  entryBytes,
  indexEntries,
  type MappingOriginal,
  type MappingReference,
} from "./entries/mapping-entry.ts";
import type { ForgetInput, ForgottenMappings } from "./scripts/forget.ts";

/** Which mappings to forget: by their originals, by their numbers, or all of the scope. */
export type MappingsToForget =
  | "all"
  | { readonly entries: readonly MappingOriginal[] }
  | { readonly references: readonly MappingReference[] };

export interface ForgetResult {
  /** Whatever you have noted under an earlier epoch may be gone. */
  readonly epoch: number;
  /** How many mappings were removed; too low if a reply was lost on the way. Null for `"all"`, which doesn't count them. */
  readonly forgotten: number | null;
}

/**
 * Forgets in as many script calls as needed, one after the other.
 *
 * @throws {ConfigurationError} if `what` is malformed. Then nothing has been forgotten.
 */
export async function forgetMappings(
  what: MappingsToForget,
  indexes: readonly string[],
  run: (what: ForgetInput["what"]) => Promise<ForgottenMappings>,
): Promise<ForgetResult> {
  const calls = await cut(what, indexes);
  let epoch = 0;
  let forgotten: number | null = 0;
  for (const call of calls) {
    const reply = await run(call);
    epoch = Math.max(epoch, reply.epoch);
    forgotten = reply.forgotten === null ? null : (forgotten ?? 0) + reply.forgotten;
  }
  return { epoch, forgotten };
}

async function cut(what: MappingsToForget, indexes: readonly string[]): Promise<ForgetInput["what"][]> {
  if (what === "all") return ["all"];
  if (typeof what === "object" && what !== null && "entries" in what) {
    const entries = await indexEntries(what.entries, indexes);
    const bare = entries.map(({ type, ids }) => ({ type, ids, value: "" }));
    return cutIntoCalls(bare, entryBytes).map((call) => ({ entries: call }));
  }
  if (typeof what === "object" && what !== null && "references" in what) {
    checkReferences(what.references);
    return cutIntoCalls(what.references, ({ type }) => type.length + 16).map((call) => ({ references: call }));
  }
  throw new ConfigurationError("what", 'must be { entries }, { references } or "all"');
}
