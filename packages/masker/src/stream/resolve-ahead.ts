import type { Named } from "../handle/open-handle.ts";
import { isNumbered, type TokenReference } from "../tokens/token-reference.ts";
import {
  keyOf,
  lookupIn,
  meantBy,
  type Resolved,
  type ResolveOptions,
  readOriginals,
} from "../unmask/resolve-tokens.ts";
import type { ScopeVault } from "../vault/scope-vault.ts";

/** A handle with at most this many tokens is resolved as a whole, in one step on the store. */
const maxAhead = 1_000;

/** How long a stream waits before it looks ahead again. If the cache is too small for the handle, every chunk would. */
const aheadAgainMs = 10_000;

/** How many tokens whose mapping is gone a stream remembers. */
const maxGone = 10_000;

/**
 * Resolves the tokens of a stream, which arrive one by one. With the first token it also reads all others that the handle
 * names, so that a long answer costs one read of the store instead of one for each token.
 *
 * What was read ahead is kept in the vault's cache and nowhere else, because only the cache drops a value in time when it
 * is erased. A value that the cache had to give up is read again.
 */
export function resolveAhead(
  named: Named,
  vault: ScopeVault,
): (references: readonly TokenReference[], options: ResolveOptions) => Promise<Resolved> {
  const isSmall = named !== undefined && named.tokens.numbered.size <= maxAhead;
  const gone = new Set<string>();
  let aheadAgainAt = Number.NEGATIVE_INFINITY;

  const isWanted = (reference: TokenReference): boolean =>
    named === undefined || (named.tokens.has(reference) && !gone.has(keyOf(reference)));

  function isTimeToLookAhead(wanted: readonly TokenReference[]): boolean {
    const now = performance.now();
    if (!isSmall || now < aheadAgainAt) return false;
    if (wanted.filter(isNumbered).every((token) => vault.knownValueOf(token, meantBy(named), now) !== undefined))
      return false;
    aheadAgainAt = now + aheadAgainMs;
    return true;
  }

  return async (references, options) => {
    const wanted = references.filter(isWanted);
    const isAhead = named !== undefined && isTimeToLookAhead(wanted);
    const reading = isAhead ? [...wanted, ...[...named.tokens.numbered].filter(isWanted)] : wanted;
    const { found, asked } = await readOriginals(reading, named, vault, options);
    if (named !== undefined) {
      // A handle only names tokens that were issued, and no number is issued twice. A mapping that is gone stays gone.
      for (const [key, { status }] of found) if (status === "not-issued" && gone.size < maxGone) gone.add(key);
    }
    return { lookup: lookupIn(found), asked };
  };
}
