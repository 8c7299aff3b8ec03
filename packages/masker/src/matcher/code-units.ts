const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A text's code units, one each: as bytes where all are ASCII. */
export type CodeUnits = Uint8Array | Uint16Array;

/**
 * The code units of `text` as an array, which a loop reads faster than the string. ASCII is copied in bulk, and so is
 * any text in Node; other runtimes pay for other texts once here.
 */
export function codeUnitsOf(text: string): CodeUnits {
  const bytes = new Uint8Array(text.length);
  // UTF-8 writes ASCII, and nothing else, as one byte a unit.
  if (new TextEncoder().encodeInto(text, bytes).read === text.length) return bytes;
  const units = new Uint16Array(text.length);
  if (isLittleEndian && typeof globalThis.Buffer?.from === "function") {
    globalThis.Buffer.from(units.buffer).write(text, "utf16le");
  } else {
    for (let index = 0; index < units.length; index++) units[index] = text.charCodeAt(index);
  }
  return units;
}
