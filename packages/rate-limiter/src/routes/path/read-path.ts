import type { CutSign, PathPiece } from "./path-piece.ts";
import { asBrowsers, resolveDots } from "./resolve-dots.ts";

type Reading = readonly PathPiece[];

/** What some servers and proxies do to a path and others don't. Each returns its argument if it changes nothing. */
const steps: readonly ((pieces: Reading) => Reading)[] = [
  (pieces) => cutPath(pieces, "fragment"),
  asBrowsers,
  withoutAuthority,
  (pieces) => cutPath(pieces, "query"),
  (pieces) => cutPath(pieces, "hiddenQuery"),
  (pieces) => cutPath(pieces, "nul"),
  (pieces) => withoutParameters(pieces, ({ after }) => after === "/"),
  (pieces) => withoutParameters(pieces, ({ after, depth }) => after !== "\\" && depth < 2),
  (pieces) => withoutParameters(pieces, () => true),
];

/** More readings, before `..` is resolved, than any path has that wasn't crafted to have them. */
const mostReadings = 16;

/**
 * Every way in which some server may read a path: just one for an ordinary path, and undefined for a path with too many to
 * follow.
 */
export function readPath(pieces: Reading): readonly Reading[] | undefined {
  if (isOrdinary(pieces)) return [pieces];
  let readings: readonly Reading[] = [pieces];
  for (const step of steps) {
    const changed = readings.map(step).filter((reading, index) => reading !== readings[index]);
    readings = [...readings, ...changed];
    if (readings.length > mostReadings) return undefined;
  }
  return readings.flatMap(resolveDots);
}

/** Whether no step would change anything. */
function isOrdinary(pieces: Reading): boolean {
  return (
    pieces.every(({ cut, dots, after }) => cut === undefined && dots === 0 && after !== "\\") &&
    withoutAuthority(pieces) === pieces
  );
}

/** Reads `//host/path` as a reference to another host. Invisible characters may stand between the slashes. */
function withoutAuthority(pieces: Reading): Reading {
  const host = pieces.findIndex(({ folded, dots }) => folded !== "" || dots === 2);
  return host < 1 ? pieces : pieces.slice(host + 1);
}

function cutPath(pieces: Reading, sign: CutSign): Reading {
  const last = pieces.findIndex(({ cut }) => cut?.[sign] !== undefined);
  return last < 0 ? pieces : [...pieces.slice(0, last), pieces[last]?.cut?.[sign] as PathPiece];
}

/** Ends each segment at its first `;`, and drops what follows up to the next piece that `isSeparated`. */
function withoutParameters(pieces: Reading, isSeparated: (piece: PathPiece) => boolean): Reading {
  if (!pieces.some(({ cut }) => cut?.parameters !== undefined)) return pieces;
  let isOver = false;
  return pieces.flatMap((piece) => {
    if (isSeparated(piece)) isOver = false;
    if (isOver) return [];
    isOver = piece.cut?.parameters !== undefined;
    return [piece.cut?.parameters ?? piece];
  });
}
