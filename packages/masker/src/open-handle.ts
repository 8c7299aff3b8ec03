import { ConfigurationError } from "@keyward/core";
import { MaskerError } from "./errors.ts";
import { decodeHandle, type HandleContents, mergeHandles } from "./handle/handle.ts";
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
export async function openHandles(source: RestoreSource, scope: OpenScope): Promise<Named> {
  if (isWholeScope(source)) return undefined;
  const sources: readonly HandleSource[] = Array.isArray(source) ? source : [source];
  let all: HandleContents = { scope: scope.tag, tokens: TokenSet.empty };
  for (const one of sources) all = mergeHandles(all, await openHandle(textOf(one), scope));
  return all.tokens;
}

function isWholeScope(source: RestoreSource): source is { readonly within: "scope" } {
  // Its own: what someone added to all objects' prototype opens nothing.
  const isOwn = typeof source === "object" && source !== null && Object.hasOwn(source, "within");
  return isOwn && "within" in source && source.within === "scope";
}

function textOf(source: HandleSource): string {
  const text = typeof source === "object" && source !== null ? source.handle : source;
  if (typeof text === "string") return text;
  throw new ConfigurationError(
    "handle",
    'takes what mask returned, its handle, a list of these, or { within: "scope" }',
  );
}

/** While a key is replaced, a handle may have been made under any of the keys. */
async function openHandle(handle: string, { tag, vault }: OpenScope): Promise<HandleContents> {
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
      return contents;
    } catch (error) {
      if (!MaskerError.is(error) || error.code !== "HANDLE_INVALID") throw error;
      failure = error;
    }
  }
  throw failure;
}
