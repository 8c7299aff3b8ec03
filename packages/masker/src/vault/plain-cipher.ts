import { fromBase64Url, toBase64Url } from "../handle/base64-url.ts";
import type { Opened, Original, ScopeCipher } from "./cipher.ts";
import { decodeOriginal, encodeOriginal } from "./original-codec.ts";

const VERSION = "0";

/**
 * No cryptography, for `encryption: "none"`: originals lie in the store readable by whoever may read it. Ids are digests
 * all the same, because they are part of field names, which show up where values don't.
 */
export function createPlainCipher(): ScopeCipher {
  return {
    indexNames: ["plain"],
    index: (originals) => Promise.all(originals.map(async (original) => [await digest(original)])),
    seal: (originals) => originals.map(({ value }) => VERSION + toBase64Url(encodeOriginal(value))),
    open: (sealed) => sealed.map(({ text }) => open(text)),
    authenticators: [],
  };
}

async function digest({ type, value }: Original): Promise<string> {
  const units = encodeOriginal(`${type}\u0000${value}`);
  return toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", units)));
}

function open(text: string): Opened {
  if (!text.startsWith(VERSION)) return { status: "unknown-key" };
  const bytes = fromBase64Url(text.slice(1));
  const value = bytes === undefined ? undefined : decodeOriginal(Uint8Array.from(bytes));
  return value === undefined ? { status: "corrupt" } : { status: "opened", value };
}
