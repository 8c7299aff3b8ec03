import type { OperationOptions } from "@keyward/core";
import { MaskerError } from "./errors.ts";
import type { TokenFormat } from "./tokens/token-format.ts";
import type { TokenReference } from "./tokens/unmask-stream.ts";
import type { Original } from "./vault/cipher.ts";
import type { ScopeVault } from "./vault/scope-vault.ts";

/** The longest single value, in UTF-16 code units: what the store takes once it is sealed. */
const MAX_VALUE_LENGTH = 32_768;

export interface Assigned {
  /** The token of each value, in order. */
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
  values: readonly Original[],
  vault: ScopeVault,
  format: TokenFormat,
  options: OperationOptions,
): Promise<Assigned> {
  const originals: Original[] = [];
  // A map in a map: a key joined of type and value would be a new string for every place of a value.
  const positionsByType = new Map<string, Map<string, number>>();
  const positionOf = values.map((original) => {
    const { type, value } = original;
    if (value.length > MAX_VALUE_LENGTH) {
      throw new MaskerError("TEXT_TOO_LONG", `a single value has more than ${MAX_VALUE_LENGTH} characters`);
    }
    let positions = positionsByType.get(type);
    if (positions === undefined) {
      positions = new Map();
      positionsByType.set(type, positions);
    }
    let position = positions.get(value);
    if (position === undefined) {
      position = originals.push(original) - 1;
      positions.set(value, position);
    }
    return position;
  });
  const { numbers, lookups } = await vault.numbersOf(originals, options);
  const written = originals.map(({ type }, index) => format.write(type, numbers[index]!));
  return {
    tokens: positionOf.map((position) => written[position]!),
    references: originals.map(({ type }, index) => ({ type, number: numbers[index]! })),
    lookups,
  };
}
