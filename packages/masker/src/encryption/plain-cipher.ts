import { fromBase64Url, toBase64Url } from "../encoding/base64-url.ts";
import type { Opened, ScopeCipher } from "./cipher.ts";
import { createMessage } from "./message.ts";
import type { Original } from "./original.ts";
import { decodeOriginal, encodeOriginal } from "./original-codec.ts";

const version = "0";

/**
 * The cipher for `encryption: "none"`. It doesn't encrypt, so whoever may read the store can read the originals. Ids are
 * digests all the same, because they are part of field names, which show up in places where values don't.
 */
export function createPlainCipher(): ScopeCipher {
  const index = async (original: Original): Promise<readonly string[]> => [await digest(original)];
  return {
    indexNames: ["plain"],
    index: (originals) => Promise.all(originals.map(index)),
    seal: (originals) =>
      Promise.all(
        originals.map(async (original) => ({
          type: original.type,
          ids: await index(original),
          value: version + toBase64Url(encodeOriginal(original.value)),
        })),
      ),
    open: (sealed) => sealed.map(({ text }) => open(text)),
    authenticators: [],
    seals: undefined,
  };
}

/** A whole digest: without a secret key, anyone could search for two originals that share half of one. */
async function digest(original: Original): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", createMessage(original).bytes)));
}

function open(text: string): Opened {
  if (!text.startsWith(version)) return { status: "unknown-key" };
  const bytes = fromBase64Url(text.slice(1));
  const value = bytes === undefined ? undefined : decodeOriginal(bytes);
  return value === undefined ? { status: "corrupt" } : { status: "opened", value };
}
