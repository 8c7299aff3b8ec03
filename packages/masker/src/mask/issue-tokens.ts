import type { BackendError, OperationOptions } from "@keyward/core";
import type { Original } from "../encryption/original.ts";
import type { NamedSeal } from "../handle/sealed-set.ts";
import { sealOriginals } from "../sealed-tokens/seal-originals.ts";
import type { NumberedToken } from "../tokens/token-reference.ts";
import type { ScopeVault } from "../vault/scope-vault.ts";
import type { OnMaskFailure } from "../without-store/on-backend-error.ts";

export interface IssuedTokens {
  /** The token of each original, in order. */
  readonly tokens: readonly (NumberedToken | NamedSeal)[];
  /** The life of the scope that the numbers belong to; 0 if no token has a number. */
  readonly born: number;
  /** How many originals the store was asked about. */
  readonly asked: number;
  /** How many originals got a sealed token because of `failure`. */
  readonly sealed: number;
  readonly failure: BackendError | undefined;
}

/**
 * Issues the token of each original. It is a number from the store or from what this instance already knows. When the
 * store can't be reached, a new original is sealed into its token instead.
 *
 * @throws {BackendError} if the store can't be reached and `onFailure` is `"throw"`. Always if the store rejects the call
 * or was closed.
 */
export async function issueTokens(
  originals: readonly Original[],
  vault: ScopeVault,
  onFailure: OnMaskFailure,
  options: OperationOptions,
): Promise<IssuedTokens> {
  const { numbers, born, asked, failure } = await vault.numbersOf(originals, options);
  if (failure === undefined) {
    const tokens = originals.map(({ type }, index) => ({ type, number: numbers[index]! }));
    return { tokens, born, asked, sealed: 0, failure };
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
  return { tokens, born, asked, sealed: sealed.length, failure };
}

/**
 * Whether waiting won't help: a wrong password, keys that belong to another program, a closed backend. Sealing would hide
 * such a mistake for good.
 */
function isLasting({ code }: BackendError): boolean {
  return code === "BACKEND_REJECTED" || code === "BACKEND_CLOSED";
}
