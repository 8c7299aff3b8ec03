const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * The code units of `text` as an array, which a loop reads faster than the string: Node copies them in bulk, and other
 * runtimes pay for it once here.
 */
export function codeUnitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  if (isLittleEndian && typeof globalThis.Buffer?.from === "function") {
    globalThis.Buffer.from(units.buffer).write(text, "utf16le");
  } else {
    for (let index = 0; index < units.length; index++) units[index] = text.charCodeAt(index);
  }
  return units;
}
