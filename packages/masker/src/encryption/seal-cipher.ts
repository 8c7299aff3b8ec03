import type { Eventually } from "./cipher.ts";
import type { Original } from "./original.ts";

/** A synthetic IV of 10 bytes and the ciphertext, with the type: all that opening needs besides the key. */
export interface Seal {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * Seals originals that travel outside the store, in a token or a handle.
 *
 * The construction and the keys are those for the store, with another codec and an IV of 80 bits. The HMAC runs over the
 * type, a zero byte and the compact original. A message for the store begins with 1 or 2, so the two kinds never coincide.
 * The first ten bytes of the HMAC are the IV; AES-256-CTR starts counting from them, followed by six zeros.
 */
export interface SealCipher {
  /** Seals under the first sealing key. Equal originals have equal seals, on every instance. */
  seal(originals: readonly Original[]): Eventually<readonly Uint8Array[]>;
  /** Gives undefined for a seal that opens under none of the sealing keys. */
  open(seals: readonly Seal[]): Eventually<readonly (string | undefined)[]>;
}
