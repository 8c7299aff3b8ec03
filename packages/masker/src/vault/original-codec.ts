/**
 * An original as bytes, for sealing: a byte that says how it is written, the length in code units (32 bits, big-endian),
 * the code units, and zeros up to the next multiple of {@link PADDING}, so that a stored length says little.
 *
 * One byte a unit where all are below 256, else two (little-endian): never UTF-8, which has no lone surrogates.
 */
const PADDING = 32;
const HEADER = 5;
const ONE_BYTE = 1;
const TWO_BYTES = 2;

const BEYOND_LATIN1 = /[^\u0000-\u00ff]/;

/** Whether each code unit fits one byte. */
export function isOneByte(text: string): boolean {
  return !BEYOND_LATIN1.test(text);
}

export function encodeOriginal(original: string): Uint8Array {
  const oneByte = isOneByte(original);
  const length = HEADER + original.length * (oneByte ? 1 : 2);
  const bytes = new Uint8Array(Math.ceil(length / PADDING) * PADDING);
  bytes[0] = oneByte ? ONE_BYTE : TWO_BYTES;
  new DataView(bytes.buffer).setUint32(1, original.length);
  for (let index = 0; index < original.length; index++) {
    const unit = original.charCodeAt(index);
    if (oneByte) {
      bytes[HEADER + index] = unit;
    } else {
      bytes[HEADER + 2 * index] = unit & 0xff;
      bytes[HEADER + 2 * index + 1] = unit >> 8;
    }
  }
  return bytes;
}

/** @returns undefined when these aren't the bytes of an original */
export function decodeOriginal(bytes: Uint8Array): string | undefined {
  if (bytes.length < HEADER) return undefined;
  const width = bytes[0] === ONE_BYTE ? 1 : bytes[0] === TWO_BYTES ? 2 : undefined;
  if (width === undefined) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
  if (HEADER + length * width > bytes.length) return undefined;
  const units = new Uint16Array(length);
  for (let index = 0; index < length; index++) {
    const at = HEADER + index * width;
    units[index] = width === 1 ? bytes[at]! : bytes[at]! | (bytes[at + 1]! << 8);
  }
  return unitsToString(units);
}

/** In pieces, because a call takes a limited number of arguments. */
function unitsToString(units: Uint16Array): string {
  let text = "";
  for (let begin = 0; begin < units.length; begin += 8192) {
    text += String.fromCharCode(...units.subarray(begin, begin + 8192));
  }
  return text;
}
