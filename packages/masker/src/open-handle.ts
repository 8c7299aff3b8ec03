import { ConfigurationError } from "@keyward/core";
import { MaskerError } from "./errors.ts";
import { decodeHandle } from "./handle/handle.ts";
import { TokenSet } from "./handle/token-set.ts";
import type { Masked } from "./masked.ts";
import type { OpenScope } from "./vault/scope-vaults.ts";

/** A handle, or the masked text that it came with. */
export type HandleSource = string | Pick<Masked, "handle">;

/**
 * What may be restored: what one handle names, or several of a conversation together; or, said in so many words,
 * whatever the scope holds.
 */
export type RestoreSource = HandleSource | readonly HandleSource[] | { readonly within: "scope" };

/** What may be restored: these tokens, or undefined for whatever the scope holds. */
export type Named = TokenSet | undefined;

/**
 * @throws {MaskerError} `HANDLE_INVALID` for a handle that isn't one or was changed, `SCOPE_MISMATCH` for one of another
 * scope.
 */
export async function openSource(source: RestoreSource, scope: OpenScope): Promise<Named> {
  return isWholeScope(source) ? undefined : unionOf(source, scope, notToRestore);
}

/**
 * What may stay masked: handles only, as without one nobody can tell a text's tokens from look-alikes.
 *
 * @throws {MaskerError} as {@link openSource}
 */
export async function openKept(source: HandleSource | readonly HandleSource[], scope: OpenScope): Promise<TokenSet> {
  if (isWholeScope(source)) throw notToKeep();
  return unionOf(source, scope, notToKeep);
}

async function unionOf(
  source: HandleSource | readonly HandleSource[],
  scope: OpenScope,
  explain: () => ConfigurationError,
): Promise<TokenSet> {
  const sources: readonly HandleSource[] = Array.isArray(source) ? source : [source];
  const sets: TokenSet[] = [];
  for (const one of sources) {
    const handle = textOf(one);
    if (handle === undefined) throw explain();
    sets.push(await openHandle(handle, scope));
  }
  return TokenSet.union(sets);
}

function isWholeScope(source: RestoreSource): source is { readonly within: "scope" } {
  // Its own: what someone added to all objects' prototype opens nothing.
  const isOwn = typeof source === "object" && source !== null && Object.hasOwn(source, "within");
  return isOwn && "within" in source && source.within === "scope";
}

function textOf(source: HandleSource): string | undefined {
  const text = typeof source === "object" && source !== null ? source.handle : source;
  return typeof text === "string" ? text : undefined;
}

const notToRestore = () =>
  new ConfigurationError("handle", 'takes what mask returned, its handle, a list of these, or { within: "scope" }');

const notToKeep = () => new ConfigurationError("keep", "takes what mask returned, its handle, or a list of these");

/** While a key is replaced, a handle may have been made under any of the keys. */
async function openHandle(handle: string, { tag, vault }: OpenScope): Promise<TokenSet> {
  const { authenticators } = vault.cipher;
  let failure: unknown;
  for (const authenticate of authenticators.length === 0 ? [undefined] : authenticators) {
    try {
      const contents = await decodeHandle(handle, authenticate);
      if (contents.scope !== tag) {
        throw new MaskerError(
          "SCOPE_MISMATCH",
          "the handle belongs to another scope; restore within the scope it is of",
        );
      }
      return contents.tokens;
    } catch (error) {
      if (!MaskerError.is(error) || error.code !== "HANDLE_INVALID") throw error;
      failure = error;
    }
  }
  throw failure;
}
