import type { Original } from "./original.ts";
import { encodedLength, writeOriginal } from "./original-codec.ts";

/**
 * The bytes that an original's ids and synthetic IV are computed from: the padded original, exactly as it will be
 * encrypted, followed by its type. The padded original contains its length, so no two pairs of type and original share a
 * message.
 */
export interface Message {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many of the bytes are the padded original. */
  readonly paddedLength: number;
}

export function createMessage(original: Original): Message {
  const paddedLength = encodedLength(original.value);
  const bytes = new Uint8Array(paddedLength + original.type.length);
  writeOriginal(original.value, bytes, 0);
  writeType(original.type, bytes, paddedLength);
  return { bytes, paddedLength };
}

/** One byte per character, because types are ASCII. */
export function writeType(type: string, bytes: Uint8Array, at: number): void {
  for (let index = 0; index < type.length; index++) bytes[at + index] = type.charCodeAt(index);
}
