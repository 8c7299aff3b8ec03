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
  const wanted = references.filter(({ type, number }) => named === undefined || named.has(type, number));
  const { found, asked } = await read(wanted, vault, options);
  return { lookup: lookupIn(found), asked };
}

/** A handle with no more tokens than this is resolved as a whole: one step on the store. */
const MAX_AHEAD = 1_000;

/** How soon a stream may look ahead again. Where the cache is too small to keep it all, each chunk would. */
const AHEAD_AGAIN_MS = 10_000;

/** How many tokens whose mapping is gone a stream keeps in mind. */
const MAX_GONE = 10_000;

/**
 * Resolves the tokens of a stream, which come one by one: the first one brings all that are named along, so that a long
 * answer costs one read of the store and not one for each of its tokens.
 *
 * What was brought along is kept by the vault's cache and nowhere else: only there is it dropped in time when it is
 * erased. What had to go from there is read again.
 */
export function resolveAhead(named: Named, vault: ScopeVault): (asked: Asked) => Promise<Resolved> {
  const isSmall = named !== undefined && named.size <= MAX_AHEAD;
  const gone = new Set<string>();
  let aheadAgainAt = Number.NEGATIVE_INFINITY;

  const isWanted = ({ type, number }: TokenReference): boolean =>
    named === undefined || (named.has(type, number) && !gone.has(keyOf(type, number)));

  function isTimeToLookAhead(wanted: readonly TokenReference[]): boolean {
    const now = performance.now();
    if (!isSmall || now < aheadAgainAt) return false;
    if (wanted.every((reference) => vault.cache.valueOf(reference, now) !== undefined)) return false;
    aheadAgainAt = now + AHEAD_AGAIN_MS;
    return true;
  }

  return async ({ references, options }) => {
    const wanted = references.filter(isWanted);
    const isAhead = named !== undefined && isTimeToLookAhead(wanted);
    const { found, asked } = await read(isAhead ? [...named].filter(isWanted) : wanted, vault, options);
    if (named !== undefined) {
      // A handle names what was issued, and no number is issued twice: what isn't there won't be there later.
      for (const [key, { status }] of found) if (status === "not-issued" && gone.size < MAX_GONE) gone.add(key);
    }
    return { lookup: lookupIn(found), asked };
  };
}

export interface Asked {
  readonly references: readonly TokenReference[];
  readonly options: OperationOptions;
}

/** Asks for each once. */
async function read(
  references: readonly TokenReference[],
  vault: ScopeVault,
  options: OperationOptions,
): Promise<{ readonly found: ReadonlyMap<string, Lookup>; readonly asked: number }> {
  const asking = new Map<string, TokenReference>();
  for (const { type, number } of references) asking.set(keyOf(type, number), { type, number });
  const { lookups, asked } = await vault.originalsOf([...asking.values()], options);
  const found = new Map<string, Lookup>();
  let next = 0;
  for (const key of asking.keys()) found.set(key, lookups[next++]!);
  return { found, asked };
}

const keyOf = (type: string, number: number) => `${type} ${number}`;

/** What wasn't asked for isn't named, or known to be gone. */
function lookupIn(found: ReadonlyMap<string, Lookup>): TokenLookup {
  return (type, number) => resolutionOf(found.get(keyOf(type, number)));
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
