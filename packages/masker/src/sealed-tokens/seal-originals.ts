import { toBase32 } from "../encoding/base32.ts";
import { toBase64Url } from "../encoding/base64-url.ts";
import type { Original } from "../encryption/original.ts";
import type { SealCipher } from "../encryption/seal-cipher.ts";
import type { NamedSeal } from "../handle/sealed-set.ts";
import { maxWrittenBytes, sealIvBytes } from "./seal-layout.ts";

/**
 * Makes the sealed token of each original. An original of up to 64 bytes is inside its token. A longer one comes beside
 * it as `box`, which the handle carries.
 */
export async function sealOriginals(originals: readonly Original[], cipher: SealCipher): Promise<readonly NamedSeal[]> {
  const seals = await cipher.seal(originals);
  return originals.map(({ type }, index): NamedSeal => {
    const bytes = seals[index]!;
    if (bytes.length <= sealIvBytes + maxWrittenBytes) return { type, seal: toBase32(bytes) };
    return {
      type,
      seal: toBase32(bytes.subarray(0, sealIvBytes)),
      box: toBase64Url(bytes.subarray(sealIvBytes)),
    };
  });
}
