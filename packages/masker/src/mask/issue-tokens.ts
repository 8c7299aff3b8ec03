import type { BackendError, OperationOptions } from "@keyward/core";
import type { Original } from "../encryption/cipher.ts";
import type { NamedSeal } from "../handle/sealed-set.ts";
import { sealOriginals } from "../sealed-tokens/seal-originals.ts";
import type { NumberedToken } from "../tokens/token-reference.ts";
import type { ScopeVault } from "../vault/scope-vault.ts";
import type { OnMaskFailure } from "../without-store/on-backend-error.ts";

export interface NamedOriginals {
  /** The token of each original, in order. */
  readonly tokens: readonly (NumberedToken | NamedSeal)[];
  /** Which life of the scope the numbers are of; 0 if there is none. */
  readonly born: number;
  /** How many originals the store was asked about. */
  readonly lookups: number;
  /** How many got a sealed token, because of `failure`. */
  readonly sealed: number;
  readonly failure: BackendError | undefined;
}

/**
 * Gives each original its token: numbered by the store where it can be asked, or is known here; else sealed.
 *
 * @throws {BackendError} if the store can't be asked and `onFailure` is `"throw"`; in any case if it refuses or was closed.
 */
export async function nameOriginals(
  originals: readonly Original[],
  vault: ScopeVault,
  onFailure: OnMaskFailure,
  options: OperationOptions,
): Promise<NamedOriginals> {
  const { numbers, born, lookups, failure } = await vault.numbersOf(originals, options);
  if (failure === undefined) {
    const tokens = originals.map(({ type }, index) => ({ type, number: numbers[index]! }));
    return { tokens, born, lookups, sealed: 0, failure };
  }
  const { seals } = vault.cipher;
  if (onFailure === "throw" || seals === undefined || isLasting(failure)) throw failure;
  const sealed = await sealOriginals(
    originals.filter((_, index) => numbers[index] === undefined),
    seals,
  );
  let next = 0;
  const tokens = originals.map(({ type }, index) => {
    const number = numbers[index];
    return number === undefined ? sealed[next++]! : { type, number };
  });
  return { tokens, born, lookups, sealed: sealed.length, failure };
}

/** No outage, which passes: a wrong password, another program's keys, a backend that was closed would never be noticed. */
function isLasting({ code }: BackendError): boolean {
  return code === "BACKEND_REJECTED" || code === "BACKEND_CLOSED";
}
