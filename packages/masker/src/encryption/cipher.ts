import type { Original } from "./original.ts";
import type { SealCipher } from "./seal-cipher.ts";

/** An original as the store keeps it. */
export interface SealedOriginal {
  readonly type: string;
  /** One id for each index key, in order. Equal originals have equal ids. */
  readonly ids: readonly string[];
  /** Printable ASCII. An original always gives the same text under the same key. */
  readonly value: string;
}

/** The result of opening a sealed original. */
export type Opened =
  | { readonly status: "opened"; readonly value: string }
  /** It isn't what was sealed: it was cut or changed, or belongs to another scope or type. */
  | { readonly status: "corrupt" }
  /** It was sealed under a key that isn't in the list. */
  | { readonly status: "unknown-key" };

/** A synchronous implementation answers at once, because awaiting it would cost a turn of the event loop for nothing. */
export type Eventually<Value> = Value | Promise<Value>;

/**
 * The cryptography of one scope. There are two implementations that encrypt, over Node's crypto and over WebCrypto. Each
 * opens what the other one seals.
 *
 * Originals are sealed with deterministic authenticated encryption: SIV in the generic composition of Rogaway and
 * Shrimpton, "Deterministic Authenticated-Encryption" (2006), of which RFC 5297 is the instance over CMAC. The PRF is
 * HMAC-SHA-256 over the padded original and its type. The first half of its 32 bytes is the id. The second half is the
 * synthetic IV, from which AES-256-CTR starts counting. Opening decrypts and then compares the second half.
 */
export interface ScopeCipher {
  /** A check value for each index key, in order. It identifies the key without revealing anything about it. */
  readonly indexNames: readonly string[];
  /** Computes the ids of each original, one for each index key. */
  index(originals: readonly Original[]): Eventually<readonly (readonly string[])[]>;
  /** Seals under the first sealing key. */
  seal(originals: readonly Original[]): Eventually<readonly SealedOriginal[]>;
  open(sealed: readonly { readonly type: string; readonly text: string }[]): Eventually<readonly Opened[]>;
  /**
   * HMAC-SHA-256 for handles, one for each index key, under a key of its own. The first one signs new handles, and every
   * one of them checks. Empty without encryption.
   */
  readonly authenticators: readonly ((bytes: Uint8Array) => Eventually<Uint8Array>)[];
  /** Seals originals into tokens. Undefined without encryption. */
  readonly seals: SealCipher | undefined;
}
