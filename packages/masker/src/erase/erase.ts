import { ConfigurationError, type OperationOptions } from "@keyward/core";
import type { Original } from "../encryption/original.ts";
import { jsonFormsOf } from "../json/json-forms.ts";
import type { TokenReader } from "../tokens/token-reader.ts";
import { isSealed } from "../tokens/token-reference.ts";
import type { ScopeVault } from "../vault/scope-vault.ts";

/**
 * What to forget: originals with their type, tokens as they are written, or the whole scope. An original is also forgotten
 * in the forms that it may have had in JSON, as a number or escaped.
 */
export type Erasure =
  | { readonly originals: readonly { readonly type: string; readonly value: string }[] }
  | { readonly tokens: readonly string[] }
  | "scope";

/**
 * Forgets mappings in both directions. Their numbers aren't used again.
 *
 * @returns how many mappings were erased; null for a whole scope, which goes in one step however large it is
 */
export async function eraseMappings(
  what: Erasure,
  vault: ScopeVault,
  reader: TokenReader,
  options: OperationOptions,
): Promise<number | null> {
  const selected = await selectMappings(what, vault, reader);
  // Clearing first means that nothing is served while the store works. The new epoch drops what comes in meanwhile.
  const sentAt = performance.now();
  vault.cache.clear(sentAt);
  const { forgotten, epoch } = await vault.store.forget(selected, options);
  vault.cache.noteReply({ epoch, sentAt });
  return forgotten;
}

async function selectMappings(what: Erasure, { cipher }: ScopeVault, reader: TokenReader) {
  if (what === "scope") return "all";
  if (isErasureOf("originals", what)) {
    checkOriginals(what.originals);
    const originals = distinct(what.originals.flatMap((original) => [original, ...jsonFormsOf(original)]));
    const ids = await cipher.index(originals);
    return { entries: originals.map(({ type }, index) => ({ type, ids: ids[index]! })) };
  }
  if (isErasureOf("tokens", what)) {
    if (!Array.isArray(what.tokens)) throw new ConfigurationError("tokens", "must be a list of tokens");
    return { references: what.tokens.map((token, index) => readToken(token, index, reader)) };
  }
  throw new ConfigurationError("what", 'must be { originals }, { tokens } or "scope"');
}

/** Looks at own properties only: `originals` that someone added to `Object.prototype` must not erase anything. */
function isErasureOf<Name extends "originals" | "tokens">(
  name: Name,
  what: Erasure,
): what is Extract<Erasure, Record<Name, unknown>> {
  return typeof what === "object" && what !== null && Object.hasOwn(what, name);
}

/** Strict, because a malformed request must not look like an erasure that found nothing. */
function checkOriginals(originals: readonly { readonly type: unknown; readonly value: unknown }[]): void {
  if (!Array.isArray(originals)) throw new ConfigurationError("originals", "must be a list of { type, value }");
  originals.forEach((original, index) => {
    if (typeof original?.type === "string" && typeof original.value === "string") return;
    throw new ConfigurationError(`originals[${index}]`, "must be { type, value }, both of them strings");
  });
}

function distinct(originals: readonly Original[]): readonly Original[] {
  return [...new Map(originals.map((original) => [`${original.type} ${original.value}`, original])).values()];
}

function readToken(token: string, index: number, reader: TokenReader): { type: string; number: number } {
  const [reading] = typeof token === "string" ? reader.read(token) : [];
  if (reading === undefined || reading.end - reading.start !== token.length) {
    throw new ConfigurationError(
      `tokens[${index}]`,
      "is not a token of a type that this masker knows; pass it exactly as it is written",
    );
  }
  if (isSealed(reading)) {
    throw new ConfigurationError(
      `tokens[${index}]`,
      "is a sealed token, which holds its original itself and isn't in the store. It can be restored with a handle that names " +
        "it until its key is removed from the list. If the original has a number too, erase it by { originals }.",
    );
  }
  return { type: reading.type, number: reading.number };
}
