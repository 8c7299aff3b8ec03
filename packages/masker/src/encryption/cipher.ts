import type { SealCipher } from "./seal-cipher.ts";

/** An original of one type, as the vault takes it. */
export interface Original {
  readonly type: string;
  readonly value: string;
}

/** An original as the store takes it. */
export interface SealedOriginal {
  readonly type: string;
  /** One for each index key, in order. Equal originals have equal ids. */
  readonly ids: readonly string[];
  /** Printable ASCII. The same for the same original under the same key. */
  readonly value: string;
}

/** What came of opening a sealed original. */
export type Opened =
  | { readonly status: "opened"; readonly value: string }
  /** Not what was sealed: cut, changed, or of another scope or type. */
  | { readonly status: "corrupt" }
  /** Sealed under a key that isn't in the list. */
  | { readonly status: "unknown-key" };

/** Work that a synchronous implementation answers at once: awaiting costs a turn of the event loop for nothing. */
export type Eventually<Value> = Value | Promise<Value>;

/**
 * The cryptography of one scope. Both implementations that encrypt, over Node's crypto and over WebCrypto, give and take
 * the same bytes.
 *
 * Originals are sealed by deterministic authenticated encryption: SIV in the generic composition of Rogaway and Shrimpton,
 * "Deterministic Authenticated-Encryption" (2006), of which RFC 5297 is the instance over CMAC. The PRF here is
 * HMAC-SHA-256, over the padded original and its type; the first half of its 32 bytes is the id, the second half the
 * synthetic IV, from which AES-256-CTR starts counting. Opening deciphers and compares the second half.
 */
export interface ScopeCipher {
  /** A check value for each index key, in order: says which key it is and nothing of the key. */
  readonly indexNames: readonly string[];
  /** For each original its ids, one for each index key. */
  index(originals: readonly Original[]): Eventually<readonly (readonly string[])[]>;
  /** Under the first sealing key. */
  seal(originals: readonly Original[]): Eventually<readonly SealedOriginal[]>;
  open(sealed: readonly { readonly type: string; readonly text: string }[]): Eventually<readonly Opened[]>;
  /**
   * HMAC-SHA-256 under the key for handles that belongs to each index key: the first one writes, all of them read. Empty
   * without encryption.
   */
  readonly authenticators: readonly ((bytes: Uint8Array) => Eventually<Uint8Array>)[];
  /** Undefined without encryption. */
  readonly seals: SealCipher | undefined;
}
