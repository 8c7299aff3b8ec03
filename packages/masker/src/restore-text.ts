import { ConfigurationError, type OperationOptions } from "@keyward/core";
import type { IsNamed } from "./open-handle.ts";
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
 * @throws {ConfigurationError} if one is sealed under a key that isn't in the list.
 */
export async function resolveTokens(
  references: readonly TokenReference[],
  isNamed: IsNamed,
  vault: ScopeVault,
  options: OperationOptions,
): Promise<Resolved> {
  const named = new Map<string, TokenReference>();
  for (const { type, number } of references) {
    if (isNamed(type, number)) named.set(`${type} ${number}`, { type, number });
  }
  const { lookups, asked } = await vault.originalsOf([...named.values()], options);
  const resolutions = new Map<string, Resolution>();
  let next = 0;
  for (const key of named.keys()) resolutions.set(key, resolutionOf(lookups[next++]!));
  return { lookup: (type, number) => resolutions.get(`${type} ${number}`) ?? { reason: "not-issued" }, asked };
}

function resolutionOf(lookup: Lookup): Resolution {
  if (lookup.status === "found") return { original: lookup.value };
  if (lookup.status === "unknown-key") {
    throw new ConfigurationError(
      "encryption.keys",
      "a mapping is sealed under a key that isn't in the list; keep every key that sealed something until reindex is done",
    );
  }
  return { reason: lookup.status };
}
