import { ConfigurationError, type OperationOptions } from "@keyward/core";
import type { Named } from "../handle/open-handle.ts";
import { openSealed } from "../sealed-tokens/open-sealed.ts";
import { SEAL_MARK } from "../sealed-tokens/seal-layout.ts";
import { isNumbered, isSealed, type TokenReference } from "../tokens/token-reference.ts";
import type { IsMeant, Lookup, ScopeVault } from "../vault/scope-vault.ts";
import type { OnUnmaskFailure } from "../without-store/on-backend-error.ts";
import type { Resolution, TokenLookup } from "./restore.ts";

/** What became of a look-up. */
export interface Resolved {
  readonly lookup: TokenLookup;
  /** How many tokens the store was asked for. */
  readonly asked: number;
}

export interface RestoreOptions extends OperationOptions {
  readonly onBackendError: OnUnmaskFailure;
}

/**
 * Finds what tokens stand for: each once, only those that are named, and in one read of the store. Sealed ones are opened
 * without it.
 *
 * The look-up throws a `ConfigurationError` for a token that is sealed under a key that isn't in the list: only for one
 * that stands in the text, however many others were resolved along with it.
 */
export async function resolveTokens(
  references: readonly TokenReference[],
  named: Named,
  vault: ScopeVault,
  options: RestoreOptions,
): Promise<Resolved> {
  const wanted = references.filter((reference) => named === undefined || named.tokens.has(reference));
  const { found, asked } = await read(wanted, named, vault, options);
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
  const isSmall = named !== undefined && named.tokens.numbered.size <= MAX_AHEAD;
  const gone = new Set<string>();
  let aheadAgainAt = Number.NEGATIVE_INFINITY;

  const isWanted = (reference: TokenReference): boolean =>
    named === undefined || (named.tokens.has(reference) && !gone.has(keyOf(reference)));

  function isTimeToLookAhead(wanted: readonly TokenReference[]): boolean {
    const now = performance.now();
    if (!isSmall || now < aheadAgainAt) return false;
    if (wanted.filter(isNumbered).every((token) => vault.knownValueOf(token, meantBy(named), now) !== undefined))
      return false;
    aheadAgainAt = now + AHEAD_AGAIN_MS;
    return true;
  }

  return async ({ references, options }) => {
    const wanted = references.filter(isWanted);
    const isAhead = named !== undefined && isTimeToLookAhead(wanted);
    const reading = isAhead ? [...wanted, ...[...named.tokens.numbered].filter(isWanted)] : wanted;
    const { found, asked } = await read(reading, named, vault, options);
    if (named !== undefined) {
      // A handle names what was issued, and no number is issued twice: what isn't there won't be there later.
      for (const [key, { status }] of found) if (status === "not-issued" && gone.size < MAX_GONE) gone.add(key);
    }
    return { lookup: lookupIn(found), asked };
  };
}

export interface Asked {
  readonly references: readonly TokenReference[];
  readonly options: RestoreOptions;
}

/** Asks for each once. */
async function read(
  references: readonly TokenReference[],
  named: Named,
  vault: ScopeVault,
  { onBackendError, ...options }: RestoreOptions,
): Promise<{ readonly found: ReadonlyMap<string, Lookup>; readonly asked: number }> {
  const asking = new Map<string, TokenReference>();
  for (const reference of references) asking.set(keyOf(reference), reference);
  const distinct = [...asking.values()];
  const numbered = distinct.filter(isNumbered).map(({ type, number }) => ({ type, number }));
  const sealed = distinct.filter(isSealed);
  const { lookups, asked, failure } = await vault.originalsOf(numbered, meantBy(named), options);
  if (failure !== undefined && onBackendError === "throw") throw failure;
  const found = new Map<string, Lookup>();
  numbered.forEach((token, index) => void found.set(keyOf(token), lookups[index]!));
  if (sealed.length > 0) {
    const opened = await openSealed(sealed, named?.tokens, vault.cipher.seals);
    sealed.forEach((token, index) => void found.set(keyOf(token), opened[index]!));
  }
  return { found, asked };
}

/** Without handles whatever the scope holds is meant. */
const meantBy = (named: Named): IsMeant => (named === undefined ? () => true : (token, born) => named.has(token, born));

/** A seal may be all digits. */
const keyOf = (token: TokenReference) =>
  isNumbered(token) ? `${token.type} ${token.number}` : `${token.type} ${SEAL_MARK}${token.seal}`;

/** What wasn't asked for isn't named, or known to be gone. */
function lookupIn(found: ReadonlyMap<string, Lookup>): TokenLookup {
  return (token) => resolutionOf(found.get(keyOf(token)));
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
