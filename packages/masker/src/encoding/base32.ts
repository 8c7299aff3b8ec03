/**
 * Crockford's base32: digits and capitals without I, L, O and U. It is read in any case, and I and L are read as 1 and O as
 * 0, so that a letter mistaken for one that looks like it is still read as what was meant.
 */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const letterMeant: Readonly<Record<string, string>> = { I: "1", L: "1", O: "0" };
const noLetter = 0xff;

/** The value of each ASCII letter. */
const letterValues = Uint8Array.from({ length: 128 }, (_, unit) => {
  const letter = String.fromCharCode(unit).toUpperCase();
  const value = alphabet.indexOf(letterMeant[letter] ?? letter);
  return value < 0 ? noLetter : value;
});

/** Five bytes make eight letters. There is no padding, so bytes come in multiples of five. */
export const groupBytes = 5;
export const groupLetters = 8;

/** Whether the unit is read as a letter of the alphabet. False for NaN, which stands for a place outside a text. */
export function isBase32Unit(unit: number): boolean {
  return unit < 128 && letterValues[unit] !== noLetter;
}

/** Writes letters as `toBase32` would have written them. */
export function canonicalBase32(letters: string): string {
  return letters.toUpperCase().replace(/[ILO]/g, (letter) => letterMeant[letter]!);
}

/** @param bytes a multiple of five of them */
export function toBase32(bytes: Uint8Array): string {
  const units = new Uint8Array((bytes.length / groupBytes) * groupLetters);
  let at = 0;
  for (let index = 0; index < bytes.length; index += groupBytes) {
    const high = (bytes[index]! << 12) | (bytes[index + 1]! << 4) | (bytes[index + 2]! >> 4);
    const low = ((bytes[index + 2]! & 15) << 16) | (bytes[index + 3]! << 8) | bytes[index + 4]!;
    for (const half of [high, low]) {
      for (let shift = 15; shift >= 0; shift -= 5) units[at++] = alphabet.charCodeAt((half >> shift) & 31);
    }
  }
  return Reflect.apply(String.fromCharCode, undefined, units);
}

/** @param letters canonical ones, a multiple of eight of them */
export function fromBase32(letters: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array((letters.length / groupLetters) * groupBytes);
  let at = 0;
  const half = (index: number): number => {
    let bits = 0;
    for (let letter = index; letter < index + 4; letter++)
      bits = (bits << 5) | letterValues[letters.charCodeAt(letter)]!;
    return bits;
  };
  for (let index = 0; index < letters.length; index += groupLetters) {
    const high = half(index);
    const low = half(index + 4);
    bytes[at++] = high >> 12;
    bytes[at++] = high >> 4;
    bytes[at++] = ((high & 15) << 4) | (low >> 16);
    bytes[at++] = low >> 8;
    bytes[at++] = low;
  }
  return bytes;
}
