import type { OperationOptions } from "@keyward/core";
import type { DistinctOriginals } from "./distinct-originals.ts";
import { MaskerError } from "./errors.ts";
import type { TokenFormat } from "./tokens/token-format.ts";
import type { TokenReference } from "./tokens/unmask-stream.ts";
import type { ScopeVault } from "./vault/scope-vault.ts";

/** The longest single value, in UTF-16 code units: what the store takes once it is sealed. */
const MAX_VALUE_LENGTH = 32_768;

export interface Assigned {
  /** The token of each place, in order. */
  readonly tokens: readonly string[];
  /** Each token once. */
  readonly references: readonly TokenReference[];
  /** How many values the store was asked for. */
  readonly lookups: number;
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
  options: OperationOptions,
): Promise<Assigned> {
  if (originals.some(({ value }) => value.length > MAX_VALUE_LENGTH)) {
    throw new MaskerError("TEXT_TOO_LONG", `a single value has more than ${MAX_VALUE_LENGTH} characters`);
  }
  const { numbers, lookups } = await vault.numbersOf(originals, options);
  const references = originals.map(({ type }, position) => ({ type, number: numbers[position]! }));
  const written = references.map(({ type, number }) => format.write(type, number));
  const tokens = new Array<string>(originalOf.length);
  for (let place = 0; place < tokens.length; place++) tokens[place] = written[originalOf[place]!]!;
  return { tokens, references, lookups };
}
