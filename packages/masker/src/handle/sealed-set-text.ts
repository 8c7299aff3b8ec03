import { SEAL_IV_LETTERS } from "../sealed-tokens/seal-layout.ts";
import { isTokenType } from "../tokens/token-type.ts";
import { invalidHandle } from "./invalid-handle.ts";
import { type NamedSeal, SEAL_NAME_LETTERS, SealedSet } from "./sealed-set.ts";

/** Behind it the names of short seals stand, one after the other: `~s<type>.<names>`. */
const NAMES_MARK = "s";
/** Behind it long seals stand, each with its box: `~b<type>.<seal><box>.<seal><box>`. */
const BOXES_MARK = "b";

/** Parts of a handle, apart from those of numbered tokens by a small letter in front, which no type has. */
export function writeSealedSet(sealed: SealedSet): readonly string[] {
  return [
    ...sealed.names.map(([type, names]) => `${NAMES_MARK}${type}.${names.join("")}`),
    ...sealed.boxes.map(([type, boxes]) => [`${BOXES_MARK}${type}`, ...boxes.map((pair) => pair.join(""))].join(".")),
  ];
}

/** Where the parts of sealed tokens begin in a handle's body, with the `~` in front; its length if there are none. */
export function findSealedSet(body: string): number {
  const places = [NAMES_MARK, BOXES_MARK].map((mark) => body.indexOf(`~${mark}`)).filter((at) => at >= 0);
  return Math.min(body.length, ...places);
}

const NAMES = new RegExp(`^(?:[0-9A-Z]{${SEAL_NAME_LETTERS}})+$`);
const BOX = new RegExp(`^[0-9A-Z]{${SEAL_IV_LETTERS}}[A-Za-z0-9_-]+$`);

/**
 * Reads what {@link writeSealedSet} wrote, a `~` before each part.
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
  if (head.startsWith(NAMES_MARK) && items.length === 1 && NAMES.test(items[0]!)) return readNames(type, items[0]!);
  if (head.startsWith(BOXES_MARK) && items.length > 0 && items.every((item) => BOX.test(item))) {
    return items.map((item) => ({ type, seal: item.slice(0, SEAL_IV_LETTERS), box: item.slice(SEAL_IV_LETTERS) }));
  }
  throw invalidHandle("it names a sealed token that can't be one");
}

/** A name stands for every seal that begins with it. */
function readNames(type: string, names: string): NamedSeal[] {
  return Array.from({ length: names.length / SEAL_NAME_LETTERS }, (_, index) => ({
    type,
    seal: names.slice(index * SEAL_NAME_LETTERS, (index + 1) * SEAL_NAME_LETTERS),
  }));
}
