import { PADDING } from "./original-codec.ts";

/**
 * A sealed original as the store keeps it: `2`, the sealing key's name (8 characters), then the box in base64url: the
 * synthetic IV (16 bytes) and the ciphertext, as long as the padded original.
 */
export interface SealedText {
  readonly keyName: string;
  /** In base64url. */
  readonly box: string;
}

/** Half an HMAC: the first half is the id, the second one the synthetic IV. */
export const ID_BYTES = 16;
export const IV_BYTES = 16;

const VERSION = "2";
const NAME_LENGTH = 8;

export function writeSealed({ keyName, box }: SealedText): string {
  return VERSION + keyName + box;
}

/** @returns undefined for what nobody sealed in this format */
export function readSealed(text: string): SealedText | undefined {
  if (!text.startsWith(VERSION)) return undefined;
  const box = text.slice(1 + NAME_LENGTH);
  return isBoxLength(byteLengthOf(box)) ? { keyName: text.slice(1, 1 + NAME_LENGTH), box } : undefined;
}

/** How many bytes a text of base64url stands for. */
export function byteLengthOf(box: string): number {
  return (box.length * 6) >> 3;
}

function isBoxLength(bytes: number): boolean {
  return bytes > IV_BYTES && (bytes - IV_BYTES) % PADDING === 0;
}
