import { toBase64Url } from "../handle/base64-url.ts";

/** What one master key gives for one scope. */
export interface DerivedKey {
  /** A check value: tells the keys of a list apart. 48 bits, base64url. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ScopeKeys {
  /** Where the scope's records live and what binds sealed originals to it: a digest, never the scope itself. */
  readonly scopeTag: string;
  readonly indexKeys: readonly DerivedKey[];
  /** The first one seals; all of them open. */
  readonly sealingKeys: readonly DerivedKey[];
  /** For handles, one for each index key. */
  readonly handleKeys: readonly DerivedKey[];
}

const SALT = new TextEncoder().encode("keyward/masker/v1");

/** Derives what a scope needs from the master keys: HKDF-SHA-256 (RFC 5869), the purpose and the scope as its info. */
export async function deriveScopeKeys(
  scope: string,
  indexMasters: readonly Uint8Array<ArrayBuffer>[],
  sealingMasters: readonly Uint8Array<ArrayBuffer>[],
): Promise<ScopeKeys> {
  const tag = await scopeTag(scope);
  const derive = (masters: readonly Uint8Array<ArrayBuffer>[], purpose: string): Promise<DerivedKey[]> =>
    Promise.all(masters.map((master) => deriveKey(master, purpose, tag)));
  return {
    scopeTag: tag,
    indexKeys: await derive(indexMasters, "index"),
    sealingKeys: await derive(sealingMasters, "seal"),
    handleKeys: await derive(indexMasters, "handle"),
  };
}

/** 128 bits of SHA-256 over the scope's code units: a scope may be a person's e-mail address, so no key holds it. */
export async function scopeTag(scope: string): Promise<string> {
  const text = new Uint8Array(SALT.length + scope.length * 2);
  text.set(SALT);
  for (let index = 0; index < scope.length; index++) {
    const unit = scope.charCodeAt(index);
    text[SALT.length + 2 * index] = unit & 0xff;
    text[SALT.length + 2 * index + 1] = unit >> 8;
  }
  const digest = await crypto.subtle.digest("SHA-256", text);
  return toBase64Url(new Uint8Array(digest, 0, 16));
}

async function deriveKey(master: Uint8Array<ArrayBuffer>, purpose: string, tag: string): Promise<DerivedKey> {
  const key = await crypto.subtle.importKey("raw", master, "HKDF", false, ["deriveBits"]);
  const bits = async (label: string, length: number): Promise<Uint8Array<ArrayBuffer>> => {
    const info = new TextEncoder().encode(`${label}/${tag}`);
    return new Uint8Array(
      await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: SALT, info }, key, length),
    );
  };
  return { name: toBase64Url(await bits(`${purpose}/name`, 48)), bytes: await bits(`${purpose}/key`, 256) };
}
