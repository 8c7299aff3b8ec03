import { ConfigurationError, type OperationOptions } from "@keyward/core";
import type { Named } from "./open-handle.ts";
import type { Resolution, TokenLookup } from "./tokens/restore.ts";
import type { TokenReference } from "./tokens/unmask-stream.ts";
import type { Lookup, ScopeVault } from "./vault/scope-vault.ts";

/** What became of a look-up. */
export interface Resolved {
  readonly lookup: TokenLookup;
  /** How many tokens the store was asked for. */
  readonly asked: number;
}

/**
 * Finds what tokens stand for: each once, only those that are named, and in one read of the store.
 *
 * The look-up throws a `ConfigurationError` for a token that is sealed under a key that isn't in the list: only for one
 * that stands in the text, however many others were resolved along with it.
 */
export async function resolveTokens(
  references: readonly TokenReference[],
  named: Named,
  vault: ScopeVault,
  options: OperationOptions,
): Promise<Resolved> {
  const asking = new Map<string, TokenReference>();
  for (const { type, number } of references) {
    if (named === undefined || named.has(type, number)) asking.set(`${type} ${number}`, { type, number });
  }
  const { lookups, asked } = await vault.originalsOf([...asking.values()], options);
  const found = new Map<string, Lookup>();
  let next = 0;
  for (const key of asking.keys()) found.set(key, lookups[next++]!);
  return { lookup: (type, number) => resolutionOf(found.get(`${type} ${number}`)), asked };
}

/** A handle with no more tokens than this is resolved as a whole: one step on the store. */
const MAX_AHEAD = 1_000;

/**
 * Resolves the tokens of a stream, which come one by one: the first one brings all that are named along, so that a long
 * answer costs one read of the store and not one for each of its tokens.
 */
export function resolveAhead(named: Named, vault: ScopeVault): (asked: Asked) => Promise<TokenLookup> {
  let all: TokenLookup | undefined;
  return async ({ references, options }) => {
    if (all !== undefined) return all;
    const isSmall = named !== undefined && named.size <= MAX_AHEAD;
    const { lookup } = await resolveTokens(isSmall ? [...named] : references, named, vault, options);
    if (isSmall) all = lookup;
    return lookup;
  };
}

export interface Asked {
  readonly references: readonly TokenReference[];
  readonly options: OperationOptions;
}

function resolutionOf(lookup: Lookup | undefined): Resolution {
  if (lookup === undefined) return { reason: "not-issued" };
  if (lookup.status === "found") return { original: lookup.value };
  if (lookup.status === "unknown-key") {
    throw new ConfigurationError(
      "encryption.keys",
      "a mapping is sealed under a key that isn't in the list; keep every key that sealed something until reindex is done",
    );
  }
  return { reason: lookup.status };
}
