import { paddingBytes } from "./original-codec.ts";

/**
 * A sealed original as the store keeps it: `2`, the name of the sealing key (8 characters) and the box in base64url. The
 * box is the synthetic IV (16 bytes) and the ciphertext, which is as long as the padded original.
 */
export interface SealedText {
  readonly keyName: string;
  /** In base64url. */
  readonly box: string;
}

/** The first half of an HMAC is the id, the second half the synthetic IV. */
export const idBytes = 16;
export const ivBytes = 16;

const version = "2";
const nameLength = 8;

export function writeSealed({ keyName, box }: SealedText): string {
  return version + keyName + box;
}

/** @returns undefined if the text isn't in this format */
export function readSealed(text: string): SealedText | undefined {
  if (!text.startsWith(version)) return undefined;
  const box = text.slice(1 + nameLength);
  return isBoxLength(byteLengthOf(box)) ? { keyName: text.slice(1, 1 + nameLength), box } : undefined;
}

/** How many bytes a base64url text decodes to. */
export function byteLengthOf(box: string): number {
  return (box.length * 6) >> 3;
}

function isBoxLength(bytes: number): boolean {
  return bytes > ivBytes && (bytes - ivBytes) % paddingBytes === 0;
}
