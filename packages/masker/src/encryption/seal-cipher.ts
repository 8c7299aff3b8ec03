import type { Eventually, Original } from "./cipher.ts";

/** A synthetic IV of 10 bytes and the ciphertext: all that is needed beside the key and the type to open it. */
export interface Seal {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * Seals originals for where they are not in the store: in a token, or in a handle. The same construction under the same
 * keys as for the store, with another codec and an IV of 80 bits: the HMAC runs over the type, a zero and the compact
 * original, so no message is one that is made for the store, which begins with 1 or 2. The first ten bytes of it
 * are the IV; counting starts from them and six zeros.
 */
export interface SealCipher {
  /** Under the first sealing key: equal originals have equal seals, on every instance. */
  seal(originals: readonly Original[]): Eventually<readonly Uint8Array[]>;
  /** Undefined for what doesn't open under any of the sealing keys. */
  open(seals: readonly Seal[]): Eventually<readonly (string | undefined)[]>;
}
