import { fromBase64Url } from "../handle/base64-url.ts";

/**
 * A sealed original as the store keeps it: `1`, the sealing key's name (8 characters), then base64url of the nonce
 * (12 bytes), the ciphertext and the tag (16 bytes).
 */
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
const VERSION = "1";
const NAME_LENGTH = 8;

export interface SealedParts {
  readonly keyName: string;
  /** Nonce, ciphertext and tag. */
  readonly box: Uint8Array<ArrayBuffer>;
}

export function writeSealed(keyName: string, box: string): string {
  return VERSION + keyName + box;
}

/** @returns undefined for what nobody sealed in this format */
export function readSealed(text: string): SealedParts | undefined {
  const box = text.startsWith(VERSION) ? fromBase64Url(text.slice(1 + NAME_LENGTH)) : undefined;
  if (box === undefined || box.length <= NONCE_BYTES + TAG_BYTES) return undefined;
  return { keyName: text.slice(1, 1 + NAME_LENGTH), box };
}

/** The associated data of each type in a scope, made once. */
export function associatedDataOf(scopeTag: string): (type: string) => Uint8Array<ArrayBuffer> {
  const known = new Map<string, Uint8Array<ArrayBuffer>>();
  return (type) => {
    let data = known.get(type);
    if (data === undefined) {
      data = new TextEncoder().encode(`${scopeTag}/${type}`);
      known.set(type, data);
    }
    return data;
  };
}
