import type { Original } from "./cipher.ts";
import { encodedLength, writeOriginal } from "./original-codec.ts";

/**
 * What ids and synthetic IVs are made from: the padded original, byte for byte as it will be encrypted, and its type
 * behind it. The original says its own length, so no two pairs of type and original have one message.
 */
export interface Message {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How much of it is the padded original. */
  readonly paddedLength: number;
}

export function createMessage(original: Original): Message {
  const paddedLength = encodedLength(original.value);
  const bytes = new Uint8Array(paddedLength + original.type.length);
  writeOriginal(original.value, bytes, 0);
  writeType(original.type, bytes, paddedLength);
  return { bytes, paddedLength };
}

/** Types are ASCII: the store takes no others. */
export function writeType(type: string, bytes: Uint8Array, at: number): void {
  for (let index = 0; index < type.length; index++) bytes[at + index] = type.charCodeAt(index);
}
