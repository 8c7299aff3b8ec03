/** Returns how many bytes texts take in a JSON array, so that a request can be filled without building it first. */
export function jsonSize(texts: readonly string[]): number {
  let bytes = 0;
  for (const text of texts) {
    bytes += 3; // Two quotation marks and a comma.
    for (let place = 0; place < text.length; place += 1) bytes += bytesOf(text.charCodeAt(place));
  }
  return bytes;
}

function bytesOf(unit: number): number {
  if (unit === 0x22 || unit === 0x5c) return 2;
  if (unit < 0x20) return 6;
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  // Half a pair; a whole pair takes four bytes.
  return unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
}
