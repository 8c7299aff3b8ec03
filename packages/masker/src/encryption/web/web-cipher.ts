import { areEqualBytes, fromBase64Url, toBase64Url } from "../../encoding/base64-url.ts";
import type { Opened, ScopeCipher, SealedOriginal } from "../cipher.ts";
import { createMessage, type Message, writeType } from "../message.ts";
import type { Original } from "../original.ts";
import { decodeOriginal } from "../original-codec.ts";
import type { ScopeKey, ScopeKeys } from "../scope-keys.ts";
import { idBytes, ivBytes, readSealed, writeSealed } from "../sealed-text.ts";
import { createWebCounterMode, type WebCounterMode } from "./web-counter-mode.ts";
import { createWebSealCipher } from "./web-seal-cipher.ts";

/** Declared here because not every runtime's types have it as a global. */
type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

interface WebKey {
  readonly name: string;
  readonly prf: CryptoKey;
  readonly counterMode: WebCounterMode;
}

/** The cipher over WebCrypto, for runtimes without Node's crypto. */
export async function createWebCipher(keys: ScopeKeys): Promise<ScopeCipher> {
  const known = new Map<ScopeKey, WebKey>();
  for (const key of new Set([...keys.indexKeys, ...keys.sealingKeys])) known.set(key, await importScopeKey(key));
  const indexKeys = keys.indexKeys.map((key) => known.get(key)!);
  const sealingKeys = new Map(keys.sealingKeys.map((key) => [key.name, known.get(key)!]));
  const sealingKey = known.get(keys.sealingKeys[0]!)!;
  const handleKeys = await Promise.all(keys.indexKeys.map(({ handle }) => importHmac(handle)));

  const index = (original: Original): Promise<readonly string[]> => {
    const { bytes } = createMessage(original);
    return Promise.all(indexKeys.map(async (key) => idOf(await sign(key.prf, bytes))));
  };

  const seal = async (original: Original): Promise<SealedOriginal> => {
    const message = createMessage(original);
    const hmac = await sign(sealingKey.prf, message.bytes);
    const ids = await Promise.all(
      indexKeys.map(async (key) => idOf(key === sealingKey ? hmac : await sign(key.prf, message.bytes))),
    );
    const box = toBase64Url(await encrypt(sealingKey, hmac.subarray(idBytes), message));
    return { type: original.type, ids, value: writeSealed({ keyName: sealingKey.name, box }) };
  };

  const open = async ({ type, text }: { readonly type: string; readonly text: string }): Promise<Opened> => {
    const parts = readSealed(text);
    const box = parts && fromBase64Url(parts.box);
    if (parts === undefined || box === undefined) return { status: "corrupt" };
    const key = sealingKeys.get(parts.keyName);
    if (key === undefined) return { status: "unknown-key" };
    const value = await decrypt(key, type, box);
    return value === undefined ? { status: "corrupt" } : { status: "opened", value };
  };

  return {
    indexNames: indexKeys.map(({ name }) => name),
    index: (originals) => Promise.all(originals.map(index)),
    seal: (originals) => Promise.all(originals.map(seal)),
    open: (sealed) => Promise.all(sealed.map(open)),
    authenticators: handleKeys.map((key) => (bytes) => sign(key, Uint8Array.from(bytes))),
    seals: createWebSealCipher(
      [...sealingKeys.values()].map(({ prf, counterMode }) => ({ sign: (bytes) => sign(prf, bytes), counterMode })),
    ),
  };
}

async function importScopeKey({ name, prf, encryption }: ScopeKey): Promise<WebKey> {
  return { name, prf: await importHmac(prf), counterMode: await createWebCounterMode(encryption) };
}

function importHmac(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

async function sign(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes));
}

function idOf(hmac: Uint8Array): string {
  return toBase64Url(hmac.subarray(0, idBytes));
}

async function encrypt(
  { counterMode }: WebKey,
  iv: Uint8Array<ArrayBuffer>,
  { bytes, paddedLength }: Message,
): Promise<Uint8Array> {
  const box = new Uint8Array(ivBytes + paddedLength);
  box.set(iv);
  box.set(await counterMode(iv, bytes.subarray(0, paddedLength)), ivBytes);
  return box;
}

/** @returns undefined if the box isn't as it was sealed */
async function decrypt(
  { prf, counterMode }: WebKey,
  type: string,
  box: Uint8Array<ArrayBuffer>,
): Promise<string | undefined> {
  const iv = box.subarray(0, ivBytes);
  const padded = await counterMode(iv, box.subarray(ivBytes));
  const message = new Uint8Array(padded.length + type.length);
  message.set(padded);
  writeType(type, message, padded.length);
  const hmac = await sign(prf, message);
  return areEqualBytes(iv, hmac.subarray(idBytes)) ? decodeOriginal(padded) : undefined;
}
