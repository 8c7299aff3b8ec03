import { fromBase32 } from "../encoding/base32.ts";
import { fromBase64Url } from "../encoding/base64-url.ts";
import type { Seal, SealCipher } from "../encryption/seal-cipher.ts";
import type { NamedTokens } from "../handle/named-tokens.ts";
import type { SealedToken } from "../tokens/token-reference.ts";
import type { Lookup } from "../vault/scope-vault.ts";
import { isHeldByHandle } from "./seal-layout.ts";

/**
 * Opens sealed tokens. This needs no store, because the token or the handle holds the original.
 *
 * @param tokens only tokens that may be restored
 * @param named what the handles name; undefined if every token of the scope may be restored
 * @param cipher undefined without a key, in which case nothing was sealed
 */
export async function openSealed(
  tokens: readonly SealedToken[],
  named: NamedTokens | undefined,
  cipher: SealCipher | undefined,
): Promise<readonly Lookup[]> {
  if (cipher === undefined) return tokens.map(() => ({ status: "not-issued" }));
  const seals = tokens.map((token) => sealOf(token, named));
  const opened = await cipher.open(seals.filter((seal) => seal !== undefined));
  let next = 0;
  return seals.map((seal): Lookup => {
    if (seal === undefined) return { status: "not-issued" };
    const value = opened[next++];
    return value === undefined ? { status: "corrupt" } : { status: "found", value };
  });
}

/** @returns undefined if a handle would have to hold the original and none does */
function sealOf(token: SealedToken, named: NamedTokens | undefined): Seal | undefined {
  const { type, seal } = token;
  if (!isHeldByHandle(seal)) return { type, bytes: fromBase32(seal) };
  const box = named?.sealed.boxOf(token);
  const rest = box === undefined ? undefined : fromBase64Url(box);
  return rest === undefined ? undefined : { type, bytes: joinBytes(fromBase32(seal), rest) };
}

function joinBytes(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}
