/**
 * Crockford's base32: digits and capitals without I, L, O and U. Read in any case, and I and L as 1, O as 0, which no
 * writer uses: so every letter that is mistaken for another one by its looks is read as what was meant.
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

/** Five bytes make eight letters; nothing is padded, so bytes come in fives. */
export const groupBytes = 5;
export const groupLetters = 8;

/** Whether a letter of the alphabet stands there, in any way that it is read; false for NaN, outside of a text. */
export function isBase32Unit(unit: number): boolean {
  return unit < 128 && letterValues[unit] !== noLetter;
}

/** The one way to write letters that were read in any of theirs. */
export function canonicalBase32(letters: string): string {
  return letters.toUpperCase().replace(/[ILO]/g, (letter) => letterMeant[letter]!);
}

/** @param bytes a multiple of five */
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

/** @param letters of the alphabet, a multiple of eight */
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
