import { toBase64Url } from "../handle/base64-url.ts";
import type { Opened, Original, ScopeCipher } from "./cipher.ts";
import { decodeOriginal, encodeOriginal, isOneByte } from "./original-codec.ts";
import type { DerivedKey, ScopeKeys } from "./scope-keys.ts";
import { associatedDataOf, NONCE_BYTES, readSealed, writeSealed } from "./sealed-text.ts";

/** Named here because not every runtime's types have it as a global. */
type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** The same as the cipher over Node's crypto, for runtimes that have WebCrypto only. */
export async function createWebCipher(keys: ScopeKeys): Promise<ScopeCipher> {
  const importHmac = ({ bytes }: DerivedKey): Promise<CryptoKey> =>
    crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const importAes = async ({ name, bytes }: DerivedKey): Promise<readonly [string, CryptoKey]> => [
    name,
    await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]),
  ];
  const indexKeys = await Promise.all(keys.indexKeys.map(importHmac));
  const handleKeys = await Promise.all(keys.handleKeys.map(importHmac));
  const sealingKeys = new Map(await Promise.all(keys.sealingKeys.map(importAes)));
  const sealingName = keys.sealingKeys[0]!.name;
  const sealingKey = sealingKeys.get(sealingName)!;
  const associatedData = associatedDataOf(keys.scopeTag);

  const idOf = async (key: CryptoKey, original: Original): Promise<string> =>
    toBase64Url(new Uint8Array(await crypto.subtle.sign("HMAC", key, indexMessage(original))));

  const seal = async ({ type, value }: Original): Promise<string> => {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const parameters = { name: "AES-GCM", iv: nonce, additionalData: associatedData(type) };
    const ciphertext = await crypto.subtle.encrypt(parameters, sealingKey, encodeOriginal(value));
    const box = new Uint8Array(NONCE_BYTES + ciphertext.byteLength);
    box.set(nonce);
    box.set(new Uint8Array(ciphertext), NONCE_BYTES);
    return writeSealed(sealingName, toBase64Url(box));
  };

  const open = async ({ type, text }: { readonly type: string; readonly text: string }): Promise<Opened> => {
    const parts = readSealed(text);
    if (parts === undefined) return { status: "corrupt" };
    const key = sealingKeys.get(parts.keyName);
    if (key === undefined) return { status: "unknown-key" };
    const iv = parts.box.subarray(0, NONCE_BYTES);
    const parameters = { name: "AES-GCM", iv, additionalData: associatedData(type) };
    try {
      const plain = await crypto.subtle.decrypt(parameters, key, parts.box.subarray(NONCE_BYTES));
      const value = decodeOriginal(new Uint8Array(plain));
      return value === undefined ? { status: "corrupt" } : { status: "opened", value };
    } catch {
      return { status: "corrupt" };
    }
  };

  return {
    indexNames: keys.indexKeys.map(({ name }) => name),
    index: (originals) =>
      Promise.all(originals.map((original) => Promise.all(indexKeys.map((key) => idOf(key, original))))),
    seal: (originals) => Promise.all(originals.map(seal)),
    open: (sealed) => Promise.all(sealed.map(open)),
    authenticators: handleKeys.map(
      (key) => async (bytes) => new Uint8Array(await crypto.subtle.sign("HMAC", key, Uint8Array.from(bytes))),
    ),
  };
}

function indexMessage({ type, value }: Original): Uint8Array<ArrayBuffer> {
  const oneByte = isOneByte(value);
  const head = `${type}\u0000${oneByte ? "1" : "2"}`;
  const width = oneByte ? 1 : 2;
  const message = new Uint8Array(head.length + value.length * width);
  for (let index = 0; index < head.length; index++) message[index] = head.charCodeAt(index);
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    message[head.length + index * width] = unit & 0xff;
    if (width === 2) message[head.length + index * width + 1] = unit >> 8;
  }
  return message;
}
