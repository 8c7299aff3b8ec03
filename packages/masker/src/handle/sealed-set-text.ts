import { sealIvLetters } from "../sealed-tokens/seal-layout.ts";
import { isTokenType } from "../tokens/token-type.ts";
import { invalidHandle } from "./invalid-handle.ts";
import { type NamedSeal, SealedSet, sealNameLetters } from "./sealed-set.ts";

/** Marks names of seals that hold their originals, written one after the other: `~s<type>.<names>`. */
const namesMark = "s";
/** Marks seals whose originals the handle holds, each with its box: `~b<type>.<seal><box>.<seal><box>`. */
const boxesMark = "b";

/** Parts of a handle. They begin with a small letter, unlike parts with numbered tokens, which begin with a type. */
export function writeSealedSet(sealed: SealedSet): readonly string[] {
  return [
    ...sealed.names.map(([type, names]) => `${namesMark}${type}.${names.join("")}`),
    ...sealed.boxes.map(([type, boxes]) => [`${boxesMark}${type}`, ...boxes.map((pair) => pair.join(""))].join(".")),
  ];
}

/** Where a handle's sealed tokens begin, including the `~` before them; the body's length if there are none. */
export function findSealedSet(body: string): number {
  const places = [namesMark, boxesMark].map((mark) => body.indexOf(`~${mark}`)).filter((at) => at >= 0);
  return Math.min(body.length, ...places);
}

const namesShape = new RegExp(`^(?:[0-9A-Z]{${sealNameLetters}})+$`);
const boxShape = new RegExp(`^[0-9A-Z]{${sealIvLetters}}[A-Za-z0-9_-]+$`);

/**
 * Reads what {@link writeSealedSet} wrote, with a `~` before each part.
 *
 * @throws {MaskerError} `HANDLE_INVALID`
 */
export function readSealedSet(text: string): SealedSet {
  return SealedSet.of(text === "" ? [] : text.slice(1).split("~").flatMap(readPart));
}

function readPart(part: string): NamedSeal[] {
  const [head, ...items] = part.split(".") as [string, ...string[]];
  const type = head.slice(1);
  if (!isTokenType(type)) throw invalidHandle("it names a type that can't be one");
  if (head.startsWith(namesMark) && items.length === 1 && namesShape.test(items[0]!)) return readNames(type, items[0]!);
  if (head.startsWith(boxesMark) && items.length > 0 && items.every((item) => boxShape.test(item))) {
    return items.map((item) => ({ type, seal: item.slice(0, sealIvLetters), box: item.slice(sealIvLetters) }));
  }
  throw invalidHandle("it names a sealed token that can't be one");
}

/** A name stands for the seal that begins with it. */
function readNames(type: string, names: string): NamedSeal[] {
  return Array.from({ length: names.length / sealNameLetters }, (_, index) => ({
    type,
    seal: names.slice(index * sealNameLetters, (index + 1) * sealNameLetters),
  }));
}
