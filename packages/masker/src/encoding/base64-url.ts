const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Base64 without padding, in the alphabet that URLs and cookies carry (RFC 4648, section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const group = (bytes[index]! << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    const length = Math.min(3, bytes.length - index) + 1;
    for (let letter = 0; letter < length; letter++) text += alphabet.charAt((group >> (18 - 6 * letter)) & 63);
  }
  return text;
}

/** @returns the bytes that {@link toBase64Url} writes as `text`; undefined if there are none */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array((text.length * 6) >> 3);
  let filled = 0;
  let bits = 0;
  let pending = 0;
  for (const letter of text) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return undefined;
    pending = ((pending << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[filled++] = pending >> bits;
    }
  }
  // Unused bits that aren't zero, or a surplus letter, would be a second way to write the same bytes.
  return toBase64Url(bytes) === text ? bytes : undefined;
}

/** Compares in constant time, as far as both have the same length. */
export function areEqualBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let index = 0; index < one.length; index++) difference |= one[index]! ^ other[index]!;
  return difference === 0;
}
