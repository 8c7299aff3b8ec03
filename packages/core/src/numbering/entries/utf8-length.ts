const beyondAscii = /[^\0-\x7f]/;

/** How many bytes a well-formed string takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  // What is sealed is ASCII, and the platform sees that at once.
  if (!beyondAscii.test(text)) return bytes;
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    // A surrogate pair is two units and four bytes: one more for each half.
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
