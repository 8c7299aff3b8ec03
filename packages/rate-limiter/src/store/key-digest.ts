import { RecentMap } from "../local/recent-map.ts";

/** 128 bits: no two callers share a bucket by chance, and none can look for one that does. */
const keptBytes = 16;

/**
 * Names callers so that the store holds no address, user id or API key in the clear: base64url of the first half of a
 * key's SHA-256. At once where the runtime can or the key was digested lately.
 */
export class KeyDigest {
  readonly #recent = new RecentMap<string>(20_000);
  /** Found without an import, which would break other runtimes; synchronous, and many times as fast as WebCrypto. */
  readonly #node = globalThis.process?.getBuiltinModule?.("node:crypto");

  of(key: string): string | Promise<string> {
    const known = this.#recent.get(key);
    if (known !== undefined) return known;
    if (this.#node === undefined) return this.#ask(key);
    return this.#keep(key, this.#node.createHash("sha256").update(key).digest());
  }

  async #ask(key: string): Promise<string> {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
    return this.#keep(key, new Uint8Array(digest));
  }

  #keep(key: string, digest: Uint8Array): string {
    const base64 = btoa(String.fromCharCode(...digest.subarray(0, keptBytes)));
    const name = base64.replace(/[+/=]/g, (character) => ({ "+": "-", "/": "_" })[character] ?? "");
    this.#recent.set(key, name);
    return name;
  }
}
