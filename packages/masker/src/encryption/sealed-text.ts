import { paddingBytes } from "./original-codec.ts";

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
export const idBytes = 16;
export const ivBytes = 16;

const version = "2";
const nameLength = 8;

export function writeSealed({ keyName, box }: SealedText): string {
  return version + keyName + box;
}

/** @returns undefined for what nobody sealed in this format */
export function readSealed(text: string): SealedText | undefined {
  if (!text.startsWith(version)) return undefined;
  const box = text.slice(1 + nameLength);
  return isBoxLength(byteLengthOf(box)) ? { keyName: text.slice(1, 1 + nameLength), box } : undefined;
}

/** How many bytes a text of base64url stands for. */
export function byteLengthOf(box: string): number {
  return (box.length * 6) >> 3;
}

function isBoxLength(bytes: number): boolean {
  return bytes > ivBytes && (bytes - ivBytes) % paddingBytes === 0;
}
