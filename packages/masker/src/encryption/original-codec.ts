/**
 * An original as bytes, for the store: a byte that says how wide its code units are, its length in code units (32 bits,
 * big-endian), the code units, and zeros up to the next multiple of {@link paddingBytes}, so that the stored length
 * reveals little.
 *
 * Code units take one byte each if all of them are below 256, otherwise two (little-endian). UTF-8 is no choice, because
 * it has no lone surrogates.
 */
export const paddingBytes = 32;
const headerBytes = 5;
const oneByte = 1;
const twoBytes = 2;

/** A pattern, because engines know at once that it can't match a string that they hold in one byte per unit. */
const beyondLatin1 = /[^\u0000-\u00ff]/;

/** How many bytes {@link writeOriginal} writes. */
export function encodedLength(original: string): number {
  const width = beyondLatin1.test(original) ? 2 : 1;
  return Math.ceil((headerBytes + original.length * width) / paddingBytes) * paddingBytes;
}

/** @param bytes must be zero where the original goes */
export function writeOriginal(original: string, bytes: Uint8Array, at: number): void {
  const { length } = original;
  const isOneByte = !beyondLatin1.test(original);
  bytes[at] = isOneByte ? oneByte : twoBytes;
  bytes[at + 1] = length >>> 24;
  bytes[at + 2] = length >>> 16;
  bytes[at + 3] = length >>> 8;
  bytes[at + 4] = length;
  const begin = at + headerBytes;
  if (isOneByte) {
    for (let index = 0; index < length; index++) bytes[begin + index] = original.charCodeAt(index);
  } else {
    for (let index = 0; index < length; index++) {
      const unit = original.charCodeAt(index);
      bytes[begin + 2 * index] = unit;
      bytes[begin + 2 * index + 1] = unit >> 8;
    }
  }
}

export function encodeOriginal(original: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(encodedLength(original));
  writeOriginal(original, bytes, 0);
  return bytes;
}

/** @returns undefined if these aren't the bytes of an original */
export function decodeOriginal(bytes: Uint8Array): string | undefined {
  if (bytes.length < headerBytes) return undefined;
  const width = bytes[0] === oneByte ? 1 : bytes[0] === twoBytes ? 2 : undefined;
  if (width === undefined) return undefined;
  const length = ((bytes[1]! << 24) | (bytes[2]! << 16) | (bytes[3]! << 8) | bytes[4]!) >>> 0;
  const end = headerBytes + length * width;
  if (end > bytes.length) return undefined;
  if (width === 1) return unitsToString(bytes.subarray(headerBytes, end));
  const units = new Uint16Array(length);
  for (let index = 0; index < length; index++) {
    const at = headerBytes + 2 * index;
    units[index] = bytes[at]! | (bytes[at + 1]! << 8);
  }
  return unitsToString(units);
}

/** In pieces, because a call accepts a limited number of arguments; applied, because spreading a typed array is slow. */
function unitsToString(units: Uint8Array | Uint16Array): string {
  let text = "";
  for (let begin = 0; begin < units.length; begin += 8192) {
    text += Reflect.apply(String.fromCharCode, undefined, units.subarray(begin, begin + 8192));
  }
  return text;
}
