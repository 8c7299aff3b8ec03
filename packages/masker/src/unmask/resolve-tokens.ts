import { ConfigurationError, type OperationOptions } from "@keyward/core";
import type { Named } from "../handle/open-handle.ts";
import { openSealed } from "../sealed-tokens/open-sealed.ts";
import { sealMark } from "../sealed-tokens/seal-layout.ts";
import { isNumbered, isSealed, type TokenReference } from "../tokens/token-reference.ts";
import type { IsMeant, Lookup, ScopeVault } from "../vault/scope-vault.ts";
import type { OnUnmaskFailure } from "../without-store/on-backend-error.ts";
import type { Resolution, TokenLookup } from "./restore.ts";

/** The answer to a set of tokens. */
export interface Resolved {
  readonly lookup: TokenLookup;
  /** How many tokens the store was asked for. */
  readonly asked: number;
}

export interface ResolveOptions extends OperationOptions {
  readonly onBackendError: OnUnmaskFailure;
}

/**
 * Finds out what tokens stand for. Only tokens that the handles name are looked up, each once and all in one read of the
 * store. Sealed tokens are opened without the store.
 *
 * The returned look-up throws a `ConfigurationError` if it is asked for a token whose original is sealed under a key that
 * isn't in the list. It doesn't throw for tokens that were resolved along with others but don't stand in the text.
 */
export async function resolveTokens(
  references: readonly TokenReference[],
  named: Named,
  vault: ScopeVault,
  options: ResolveOptions,
): Promise<Resolved> {
  const wanted = references.filter((reference) => named === undefined || named.tokens.has(reference));
  const { found, asked } = await readOriginals(wanted, named, vault, options);
  return { lookup: lookupIn(found), asked };
}

/** What came of each token, by {@link keyOf}. */
export type FoundOriginals = ReadonlyMap<string, Lookup>;

/** Reads the originals of these tokens, each once. @throws {BackendError} if `onBackendError` is `"throw"` */
export async function readOriginals(
  references: readonly TokenReference[],
  named: Named,
  vault: ScopeVault,
  { onBackendError, ...options }: ResolveOptions,
): Promise<{ readonly found: FoundOriginals; readonly asked: number }> {
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

/** Without handles, every token of the scope is meant. */
export const meantBy = (named: Named): IsMeant =>
  named === undefined ? () => true : (token, born) => named.has(token, born);

/** The mark keeps apart a number and a seal that happens to be all digits. */
export const keyOf = (token: TokenReference): string =>
  isNumbered(token) ? `${token.type} ${token.number}` : `${token.type} ${sealMark}${token.seal}`;

/** A token that isn't in `found` wasn't looked up, because no handle names it or it is known to be gone. */
export function lookupIn(found: FoundOriginals): TokenLookup {
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
