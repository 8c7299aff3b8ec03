import type { OperationOptions } from "@keyward/core";
import { MaskerError } from "../errors.ts";
import type { TokenFormat } from "../tokens/token-format.ts";
import { isNumbered } from "../tokens/token-reference.ts";
import type { ScopeVault } from "../vault/scope-vault.ts";
import type { OnMaskFailure } from "../without-store/on-backend-error.ts";
import type { DistinctOriginals } from "./distinct-originals.ts";
import { type IssuedTokens, issueTokens } from "./issue-tokens.ts";

/** The longest single value in UTF-16 code units. Sealed, it is as long as the store accepts. */
const maxValueLength = 32_768;

export interface AssignedTokens {
  /** The token at each place of the document, in order. */
  readonly tokens: readonly string[];
  /** Each token once. */
  readonly issued: IssuedTokens;
}

/**
 * Gives every value of a document its token. The whole document takes one step on the store, however often a value occurs.
 *
 * @throws {MaskerError} `TEXT_TOO_LONG` if a single value is longer than the store accepts.
 */
export async function assignTokens(
  { originals, originalOf }: DistinctOriginals,
  vault: ScopeVault,
  format: TokenFormat,
  onFailure: OnMaskFailure,
  options: OperationOptions,
): Promise<AssignedTokens> {
  if (originals.some(({ value }) => value.length > maxValueLength)) {
    throw new MaskerError("TEXT_TOO_LONG", `a single value has more than ${maxValueLength} characters`);
  }
  const issued = await issueTokens(originals, vault, onFailure, options);
  const written = issued.tokens.map((token) =>
    isNumbered(token) ? format.write(token.type, token.number) : format.writeSealed(token.type, token.seal),
  );
  const tokens = new Array<string>(originalOf.length);
  for (let place = 0; place < tokens.length; place++) tokens[place] = written[originalOf[place]!]!;
  return { tokens, issued };
}
