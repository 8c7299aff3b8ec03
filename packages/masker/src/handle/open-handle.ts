import { ConfigurationError } from "@keyward/core";
import type { UnmaskOptions } from "../call-options.ts";
import { MaskerError } from "../errors.ts";
import type { Masked } from "../masked.ts";
import type { OpenScope } from "../vault/scope-vaults.ts";
import { decodeHandle, type HandleContents } from "./handle.ts";
import { NamedInLives } from "./named-in-lives.ts";

/** A handle, or the `Masked` that it came with. */
export type HandleSource = string | Pick<Masked, "handle">;

/**
 * What may be restored: the tokens that one handle names, or several handles of a conversation together. Null is only
 * accepted together with the option `within: "scope"`, so nothing that a client sends can open a whole scope.
 */
export type RestoreSource = HandleSource | readonly HandleSource[] | null;

/** The tokens that may be restored; undefined for every token of the scope. */
export type Named = NamedInLives | undefined;

/**
 * Reads what may be restored.
 *
 * @throws {MaskerError} `HANDLE_INVALID` for a handle that was changed or is none, `SCOPE_MISMATCH` for one of another
 * scope.
 */
export async function openSource(source: RestoreSource, { within }: UnmaskOptions, scope: OpenScope): Promise<Named> {
  if (within === undefined) return unionOf(source, scope, notToRestore);
  if (within !== "scope") throw new ConfigurationError("within", 'must be "scope"');
  if (source !== null)
    throw new ConfigurationError(
      "handle",
      'must be null with the option within: "scope", which restores every token of the scope',
    );
  return undefined;
}

/**
 * Reads which tokens may stay in a text. It takes handles only, because nothing else tells tokens from look-alikes.
 *
 * @throws {MaskerError} as {@link openSource}
 */
export async function openKept(
  source: HandleSource | readonly HandleSource[],
  scope: OpenScope,
): Promise<NamedInLives> {
  return unionOf(source, scope, notToKeep);
}

async function unionOf(
  source: RestoreSource,
  scope: OpenScope,
  explain: () => ConfigurationError,
): Promise<NamedInLives> {
  const sources: readonly (HandleSource | null)[] = Array.isArray(source) ? source : [source];
  const handles: HandleContents[] = [];
  for (const one of sources) {
    const handle = textOf(one);
    if (handle === undefined) throw explain();
    handles.push(await openHandle(handle, scope));
  }
  return new NamedInLives(handles);
}

/** Looks at own properties only: a `handle` that someone added to `Object.prototype` doesn't count. */
function textOf(source: HandleSource | null): string | undefined {
  const isMasked = typeof source === "object" && source !== null && Object.hasOwn(source, "handle");
  const text = isMasked ? source.handle : source;
  return typeof text === "string" ? text : undefined;
}

const notToRestore = () =>
  new ConfigurationError(
    "handle",
    'must be what mask returned, its handle, or a list of these; or null with the option within: "scope"',
  );

const notToKeep = () => new ConfigurationError("keep", "must be what mask returned, its handle, or a list of these");

/** Tries every key, because while a key is being replaced a handle may have been made under any of them. */
async function openHandle(handle: string, { tag, vault }: OpenScope): Promise<HandleContents> {
  const { authenticators } = vault.cipher;
  let failure: unknown;
  for (const authenticate of authenticators.length === 0 ? [undefined] : authenticators) {
    try {
      const contents = await decodeHandle(handle, authenticate);
      if (contents.scope !== tag) {
        throw new MaskerError(
          "SCOPE_MISMATCH",
          "the handle belongs to another scope; pass the scope that the text was masked in",
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
