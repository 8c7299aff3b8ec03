const beyondAscii = /[^\0-\x7f]/;

/** Returns how many bytes a well-formed string takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  // Sealed values are ASCII, which a pattern finds out fastest.
  if (!beyondAscii.test(text)) return bytes;
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    // A surrogate pair has two units and takes four bytes, so one more for each half.
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
