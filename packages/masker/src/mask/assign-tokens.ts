import type { OperationOptions } from "@keyward/core";
import { MaskerError } from "../errors.ts";
import type { TokenFormat } from "../tokens/token-format.ts";
import { isNumbered } from "../tokens/token-reference.ts";
import type { ScopeVault } from "../vault/scope-vault.ts";
import type { OnMaskFailure } from "../without-store/on-backend-error.ts";
import type { DistinctOriginals } from "./distinct-originals.ts";
import { type NamedOriginals, nameOriginals } from "./issue-tokens.ts";

/** The longest single value, in UTF-16 code units: what the store takes once it is sealed. */
const MAX_VALUE_LENGTH = 32_768;

export interface Assigned {
  /** The token of each place, in order. */
  readonly tokens: readonly string[];
  /** Each token once. */
  readonly named: NamedOriginals;
}

/**
 * Gives each value its token: one step on the store for the whole document, however often a value stands in it.
 *
 * @throws {MaskerError} `TEXT_TOO_LONG` for a single value that the store doesn't take.
 */
export async function assignTokens(
  { originals, originalOf }: DistinctOriginals,
  vault: ScopeVault,
  format: TokenFormat,
  onFailure: OnMaskFailure,
  options: OperationOptions,
): Promise<Assigned> {
  if (originals.some(({ value }) => value.length > MAX_VALUE_LENGTH)) {
    throw new MaskerError("TEXT_TOO_LONG", `a single value has more than ${MAX_VALUE_LENGTH} characters`);
  }
  const named = await nameOriginals(originals, vault, onFailure, options);
  const written = named.tokens.map((token) =>
    isNumbered(token) ? format.write(token.type, token.number) : format.writeSealed(token.type, token.seal),
  );
  const tokens = new Array<string>(originalOf.length);
  for (let place = 0; place < tokens.length; place++) tokens[place] = written[originalOf[place]!]!;
  return { tokens, named };
}
