/** An original of one type, as the vault takes it. */
export interface Original {
  readonly type: string;
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
 * The cryptography of one scope. Both implementations, over Node's crypto and over WebCrypto, give and take the same
 * bytes.
 */
export interface ScopeCipher {
  /** A check value for each index key, in order: says which key it is and nothing of the key. */
  readonly indexNames: readonly string[];
  /** For each original its ids, one for each index key: HMAC-SHA-256 in base64url. Equal originals have equal ids. */
  index(originals: readonly Original[]): Eventually<readonly (readonly string[])[]>;
  /** AES-256-GCM under the first sealing key, with scope and type as associated data. Printable ASCII. */
  seal(originals: readonly Original[]): Eventually<readonly string[]>;
  open(sealed: readonly { readonly type: string; readonly text: string }[]): Eventually<readonly Opened[]>;
  /**
   * HMAC-SHA-256 under the key for handles that belongs to each index key: the first one writes, all of them read. Empty
   * without encryption.
   */
  readonly authenticators: readonly ((bytes: Uint8Array) => Eventually<Uint8Array>)[];
}
