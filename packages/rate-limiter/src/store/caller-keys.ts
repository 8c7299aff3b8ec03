import { createKeyspace, type Keyspace } from "@keyward/core";
import { RecentMap } from "../local/recent-map.ts";

/** 128 bits: no two callers collide by chance, and nobody can search for a key that collides with another. */
const keptBytes = 16;

/**
 * The keys under which a limiter's callers are stored. No address, user id or API key is stored in the clear: its place is
 * taken by the first half of its SHA-256, as base64url. Resolved synchronously if the runtime can hash synchronously, or the
 * caller was seen lately.
 */
export class CallerKeys {
  readonly #keyspace: Keyspace;
  readonly #parts: readonly string[];
  readonly #recent = new RecentMap<string>(20_000);
  /** Synchronous, and many times as fast as WebCrypto. Not imported, since that would break other runtimes. */
  readonly #node = globalThis.process?.getBuiltinModule?.("node:crypto");

  /** @param parts separate limiters that see the same callers */
  constructor(feature: string, ...parts: readonly string[]) {
    this.#keyspace = createKeyspace({ feature });
    this.#parts = parts;
  }

  of(caller: string): string | Promise<string> {
    const known = this.#recent.get(caller);
    if (known !== undefined) return known;
    if (this.#node === undefined) return this.#ask(caller);
    return this.#keep(caller, this.#node.createHash("sha256").update(caller).digest());
  }

  async #ask(caller: string): Promise<string> {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(caller));
    return this.#keep(caller, new Uint8Array(digest));
  }

  #keep(caller: string, digest: Uint8Array): string {
    const base64 = btoa(String.fromCharCode(...digest.subarray(0, keptBytes)));
    const tag = base64.replace(/[+/=]/g, (character) => ({ "+": "-", "/": "_" })[character] ?? "");
    const key = this.#keyspace.key(tag, ...this.#parts);
    this.#recent.set(caller, key);
    return key;
  }
}
