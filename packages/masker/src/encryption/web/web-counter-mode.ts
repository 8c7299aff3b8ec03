/** Encrypts or decrypts whole blocks, counting from `counter`. */
export type WebCounterMode = (
  counter: Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
) => Promise<Uint8Array<ArrayBuffer>>;

/** AES-256-CTR with a counter of 128 bits (NIST SP 800-38A). */
export async function createWebCounterMode(key: Uint8Array<ArrayBuffer>): Promise<WebCounterMode> {
  const imported = await crypto.subtle.importKey("raw", key, "AES-CTR", false, ["encrypt"]);
  return async (counter, bytes) =>
    new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CTR", counter, length: 128 }, imported, bytes));
}
