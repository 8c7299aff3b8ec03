import { groupBytes } from "../encoding/base32.ts";
import { maxWrittenBytes } from "../sealed-tokens/seal-layout.ts";

/**
 * An original as bytes, for a token: its code units, a byte that says how wide they are, and zeros. Code units take one
 * byte each if all of them are below 256, otherwise two (little-endian).
 *
 * The length is a multiple of five bytes, which base32 writes without waste. An original that is too long for its token
 * takes a multiple of 32 bytes, as in the store. No length is written: the last byte that isn't zero ends the original.
 */
const oneByte = 1;
const twoBytes = 2;
const longStep = 32;

const beyondLatin1 = /[^\u0000-\u00ff]/;

/** How many bytes {@link writeCompact} writes. */
export function compactLength(original: string): number {
  const length = original.length * (beyondLatin1.test(original) ? 2 : 1) + 1;
  const step = length <= maxWrittenBytes ? groupBytes : longStep;
  return Math.ceil(length / step) * step;
}

/** @param bytes must be zero where the original goes */
export function writeCompact(original: string, bytes: Uint8Array, at: number): void {
  const { length } = original;
  if (beyondLatin1.test(original)) {
    for (let index = 0; index < length; index++) {
      const unit = original.charCodeAt(index);
      bytes[at + 2 * index] = unit;
      bytes[at + 2 * index + 1] = unit >> 8;
    }
    bytes[at + 2 * length] = twoBytes;
  } else {
    for (let index = 0; index < length; index++) bytes[at + index] = original.charCodeAt(index);
    bytes[at + length] = oneByte;
  }
}

/** @returns undefined if these aren't the bytes of an original */
export function readCompact(bytes: Uint8Array): string | undefined {
  let end = bytes.length - 1;
  while (end >= 0 && bytes[end] === 0) end--;
  const width = bytes[end] === oneByte ? 1 : bytes[end] === twoBytes ? 2 : undefined;
  if (width === undefined || end % width !== 0) return undefined;
  // In pieces, because a call accepts a limited number of arguments.
  let text = "";
  const units = width === 1 ? bytes.subarray(0, end) : joinUnits(bytes, end);
  for (let begin = 0; begin < units.length; begin += 8192) {
    text += Reflect.apply(String.fromCharCode, undefined, units.subarray(begin, begin + 8192));
  }
  return text;
}

function joinUnits(bytes: Uint8Array, end: number): Uint16Array {
  return Uint16Array.from({ length: end / 2 }, (_, index) => bytes[2 * index]! | (bytes[2 * index + 1]! << 8));
}
