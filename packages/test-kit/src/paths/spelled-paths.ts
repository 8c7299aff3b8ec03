import { type Arbitrary, array, constantFrom, nat, record, tuple } from "fast-check";

/** One change to a path, at a place between 0 and 1 of it. */
type Change = (path: string, place: number) => string;

/** Replaces the first character that matches `from`, from the place on. */
function replacing(from: RegExp, into: (character: string) => string): Change {
  return (path, place) => {
    const start = Math.floor(place * path.length);
    const index = start + path.slice(start).search(from);
    return index < start ? path : path.slice(0, index) + into(path[index] as string) + path.slice(index + 1);
  };
}

/** Puts something before a slash. */
const before = (text: string) => replacing(/\//, (slash) => text + slash);
const hex = (character: string) => (character.codePointAt(0) as number).toString(16).padStart(2, "0");
const encoded = (character: string) => `%${hex(character)}`;

const changes: readonly Change[] = [
  replacing(/[a-z]/, (letter) => letter.toUpperCase()),
  replacing(/[a-z.]/, encoded),
  replacing(/[a-z.]/, (character) => encoded(character).toUpperCase()),
  replacing(/[a-z/.]/, (character) => `%25${hex(character)}`),
  replacing(/\//, encoded),
  replacing(/\//, () => "\\"),
  replacing(/\//, () => "%5c"),
  replacing(/\//, () => "%c0%af"),
  replacing(/\//, () => "%ef%bc%8f"),
  replacing(/%/, encoded),
  replacing(/s/, () => "%c5%bf"),
  ...["/", "/.", "/x/..", "/%2e", "/x/%2e%2e", "/..", "/health/..", "/ai/..", "/%2e.", "/x%2f..", "/..;", "/;x=1"].map(
    before,
  ),
  ...[";a=b", "%00", "%20", ".", "%3f", "%23", "#", "?", "%0a", "%c2%ad", "/x", "%2fx"].map(before),
  ...[
    "/",
    "//",
    "/.",
    "/..",
    "/x/..",
    "%2f",
    "#x",
    "?x=/../y",
    ";v=1",
    "%00",
    "%00.html",
    ".",
    "%20",
    "%09",
    ".json",
    "\\",
    "%5c",
    "/%2e%2e",
    "%3Fx",
    "/x",
    "%2f..",
  ].map(
    (end): Change =>
      (path) =>
        path + end,
  ),
  ...["/", "//h", "http://h", "HTTP://h:1", "/x/..", "\\", "/.", "%2f", "/api/..", "/health/.."].map(
    (start): Change =>
      (path) =>
        start + path,
  ),
];

const places = array(tuple(nat({ max: changes.length - 1 }), nat({ max: 999 })), { maxLength: 7 });

/** What Node accepts as the target of a request. Other servers don't accept more. */
const target = /^(?:\/|https?:\/\/[^/\\?#]*(?:[/?]|$))/i;

/** Paths as hostile and sloppy clients spell them: encoded, with detours, in other letters, with other separators. */
export function spelledPaths(paths: readonly string[]): Arbitrary<string> {
  return record({ path: constantFrom(...paths), places })
    .map(({ path, places }) =>
      places.reduce((spelled, [change, place]) => (changes[change] as Change)(spelled, place / 1000), path),
    )
    .filter((path) => target.test(path));
}
