import { toBase64Url } from "../encoding/base64-url.ts";

/** The keys that are derived from one master key for one scope. */
export interface ScopeKey {
  /** A check value of 48 bits in base64url. It tells keys apart without revealing anything about them. */
  readonly name: string;
  /** For HMAC-SHA-256, which makes ids and synthetic IVs. */
  readonly prf: Uint8Array<ArrayBuffer>;
  /** For AES-256. */
  readonly encryption: Uint8Array<ArrayBuffer>;
  /** For HMAC-SHA-256 over handles. */
  readonly handle: Uint8Array<ArrayBuffer>;
}

export interface ScopeKeys {
  /** Stands for the scope in store keys and handles. It is a digest, never the scope itself. */
  readonly scopeTag: string;
  readonly indexKeys: readonly ScopeKey[];
  /** The first one seals, and every one of them opens. A key that is in both lists is the same object in both. */
  readonly sealingKeys: readonly ScopeKey[];
}

const salt = new TextEncoder().encode("keyward/masker/v1");

/** Derives a scope's keys from the master keys by HKDF-SHA-256 (RFC 5869), with the purpose and the scope as `info`. */
export async function deriveScopeKeys(
  scope: string,
  indexMasters: readonly Uint8Array<ArrayBuffer>[],
  sealingMasters: readonly Uint8Array<ArrayBuffer>[],
): Promise<ScopeKeys> {
  const tag = await scopeTag(scope);
  const indexKeys = await Promise.all(indexMasters.map((master) => deriveKey(master, tag)));
  const known = new Map(indexMasters.map((master, index) => [master.join(), indexKeys[index]!]));
  const sealingKeys = sealingMasters.map((master) => known.get(master.join()) ?? deriveKey(master, tag));
  return { scopeTag: tag, indexKeys, sealingKeys: await Promise.all(sealingKeys) };
}

/** 128 bits of SHA-256 over the scope's code units. A digest, because a scope may be a person's e-mail address. */
export async function scopeTag(scope: string): Promise<string> {
  const text = new Uint8Array(salt.length + scope.length * 2);
  text.set(salt);
  for (let index = 0; index < scope.length; index++) {
    const unit = scope.charCodeAt(index);
    text[salt.length + 2 * index] = unit & 0xff;
    text[salt.length + 2 * index + 1] = unit >> 8;
  }
  const digest = await crypto.subtle.digest("SHA-256", text);
  return toBase64Url(new Uint8Array(digest, 0, 16));
}

async function deriveKey(master: Uint8Array<ArrayBuffer>, tag: string): Promise<ScopeKey> {
  const key = await crypto.subtle.importKey("raw", master, "HKDF", false, ["deriveBits"]);
  const bits = async (purpose: string, length: number): Promise<Uint8Array<ArrayBuffer>> => {
    const info = new TextEncoder().encode(`${purpose}/${tag}`);
    return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, length));
  };
  const [name, prf, encryption, handle] = await Promise.all([
    bits("name", 48),
    bits("prf", 256),
    bits("encryption", 256),
    bits("handle", 256),
  ]);
  return { name: toBase64Url(name), prf, encryption, handle };
}
