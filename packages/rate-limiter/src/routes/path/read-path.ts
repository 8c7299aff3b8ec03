import type { CutSign, PathPiece } from "./path-piece.ts";
import { asBrowsers, resolveDots } from "./resolve-dots.ts";

type Reading = readonly PathPiece[];

/** What is done to a path on its way, each by some and not by others. They return what they got where they change nothing. */
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

/** More than any path has that wasn't made to have them; before `..` is resolved. */
const mostReadings = 16;

/**
 * Every way in which some server may read a path. For an ordinary one there is one; for one that has more than can be
 * followed it is undefined.
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

/** `//host/path`, as a reference to another host. What doesn't show, such as a line break, may stand between the slashes. */
function withoutAuthority(pieces: Reading): Reading {
  const host = pieces.findIndex(({ folded, dots }) => folded !== "" || dots === 2);
  return host < 1 ? pieces : pieces.slice(host + 1);
}

function cutPath(pieces: Reading, sign: CutSign): Reading {
  const last = pieces.findIndex(({ cut }) => cut?.[sign] !== undefined);
  return last < 0 ? pieces : [...pieces.slice(0, last), pieces[last]?.cut?.[sign] as PathPiece];
}

/** Segments end with their first `;`, whatever comes until the next separator that is seen by then. */
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
