/** A segment of a path, decoded as far as it can be. */
export interface DecodedSegment {
  /** Code points. */
  readonly codes: readonly number[];
  /** How many decoders in a row it takes to see each of them. */
  readonly depths: readonly number[];
}

const percent = 0x25;
const letterU = 0x75;

/** Characters that separate or change segments, and the `%` that may hide them in one more encoding. */
const structural = /[/\\.%;?#\0]/;

/** How often a look-alike may hide a percent sign that hides another look-alike. */
const mostRounds = 3;

/**
 * Decodes until nothing is left to decode: percent signs within percent signs, overlong UTF-8 (`%c0%ae`), `%u002e`, and
 * characters that compatibility normalisation turns into separators and dots (`／`, `․`). Takes linear time, since each step
 * removes what it reads.
 */
export function decodeSegment(segment: string): DecodedSegment {
  let decoded: DecodedSegment = {
    codes: Array.from(segment, (character) => character.codePointAt(0) as number),
    depths: [],
  };
  for (let round = 0; round < mostRounds; round += 1) {
    const bytes = decodePercents(decoded);
    const { codes, depths, foundPercent } = readLookAlikes(readBytes(bytes));
    decoded = { codes, depths };
    if (!foundPercent) break;
  }
  return decoded;
}

function decodePercents({ codes, depths: given }: DecodedSegment): { codes: number[]; depths: number[] } {
  const out: number[] = [];
  const depths: number[] = [];
  for (const [index, code] of codes.entries()) {
    out.push(code);
    depths.push(given[index] ?? 0);
    // A decoded character may be the last digit of another escape.
    while (reduce(out, depths, 3, 2) || reduce(out, depths, 6, 4));
  }
  return { codes: out, depths };
}

/** If `codes` ends with an escape of `length` characters, `digits` of them digits, replaces it by what it stands for. */
function reduce(codes: number[], depths: number[], length: number, digits: number): boolean {
  const start = codes.length - length;
  if (start < 0 || codes[start] !== percent) return false;
  if (length > digits + 1 && ((codes[start + 1] as number) | 0x20) !== letterU) return false;
  let value = 0;
  for (let index = codes.length - digits; index < codes.length; index += 1) {
    const digit = hexDigit(codes[index] as number);
    if (digit < 0) return false;
    value = value * 16 + digit;
  }
  const depth = Math.max(...depths.slice(start)) + 1;
  codes.length = start;
  depths.length = start;
  codes.push(value);
  depths.push(depth);
  return true;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Joins bytes that form a character in UTF-8, overlong forms included. Other bytes stay as they are. */
function readBytes({ codes, depths: given }: DecodedSegment): DecodedSegment {
  const out: number[] = [];
  const depths: number[] = [];
  for (let index = 0; index < codes.length; index += 1) {
    const lead = codes[index] as number;
    const more = lead < 0xc0 || lead > 0xf7 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    let code = more === 0 ? lead : lead & (0x3f >> more);
    let depth = given[index] as number;
    let read = 0;
    while (read < more) {
      const next = codes[index + read + 1] ?? 0;
      if (next < 0x80 || next > 0xbf) break;
      code = code * 64 + (next & 0x3f);
      depth = Math.max(depth, given[index + read + 1] as number);
      read += 1;
    }
    const isWhole = read === more && code <= 0x10ffff;
    out.push(isWhole ? code : lead);
    depths.push(isWhole ? depth : (given[index] as number));
    if (isWhole) index += more;
  }
  return { codes: out, depths };
}

function readLookAlikes({ codes, depths: given }: DecodedSegment): DecodedSegment & { readonly foundPercent: boolean } {
  const out: number[] = [];
  const depths: number[] = [];
  let foundPercent = false;
  for (const [index, code] of codes.entries()) {
    const plain = code < 0x80 ? "" : String.fromCodePoint(code).normalize("NFKC");
    const depth = given[index] as number;
    if (!structural.test(plain)) {
      out.push(code);
      depths.push(depth);
      continue;
    }
    for (const character of plain) {
      out.push(character.codePointAt(0) as number);
      depths.push(depth + 1);
      foundPercent ||= character === "%";
    }
  }
  return { codes: out, depths, foundPercent };
}
