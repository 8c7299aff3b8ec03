import { type DecodedSegment, decodeSegment } from "./decode-segment.ts";
import { bareSegment, foldSegment } from "./fold-segment.ts";

/** A part of a path between two places where some server might see a separator. */
export interface PathPiece {
  /** The text as it was sent, if every server sees it as one whole segment. */
  readonly written: string | undefined;
  /** The text as `foldSegment` folds it. */
  readonly folded: string;
  /** Whether there are no characters in it at all, not even invisible ones. */
  readonly isEmpty: boolean;
  /** What separates it from the piece before. To every server, only `/` is certain to be a separator. */
  readonly after: "/" | "encoded /" | "\\";
  /** How many decoders it takes to see that separator. */
  readonly depth: number;
  /** 1 or 2 for `.` and `..`, else 0. */
  readonly dots: 0 | 1 | 2;
  /** How many decoders it takes to see these dots; Infinity if decoding alone doesn't show them. */
  readonly dotsDepth: number;
  /** How many it takes to see tabs and line breaks among them, which browsers leave out; -1 if there are none. */
  readonly breaksDepth: number;
  /** What is left of it for servers that cut it at one of the signs in it. */
  readonly cut?: Readonly<Partial<Record<CutSign, PathPiece>>>;
}

/** Signs at which some servers end a path or a segment, whether they are visible or show only after decoding. */
export type CutSign = keyof typeof cutSigns;

const simple = /^[\w~-](?:[\w.~-]*[\w~-])?$/;
const cutSigns = {
  fragment: (code: number, depth: number) => code === 0x23 && depth === 0,
  /** For servers that decode once and then parse a URL. */
  query: (code: number, depth: number) => (code === 0x3f || code === 0x23) && depth < 2,
  hiddenQuery: (code: number) => code === 0x3f || code === 0x23,
  nul: (code: number) => code === 0,
  parameters: (code: number) => code === 0x3b,
};

const isDot = (code: number) => code === 0x2e;
const isLineBreak = (code: number) => code === 0x09 || code === 0x0a || code === 0x0d;
const slash = 0x2f;
const backslash = 0x5c;

/** The pieces of a path without its query. */
export function readPieces(path: string): readonly PathPiece[] {
  const pieces: PathPiece[] = [];
  for (const segment of path.slice(path.startsWith("/") ? 1 : 0).split("/")) {
    if (segment === "" || simple.test(segment)) pieces.push(simplePiece(segment));
    else pieces.push(...cut(segment));
  }
  return pieces;
}

function simplePiece(segment: string): PathPiece {
  const isEmpty = segment === "";
  return {
    written: segment,
    folded: segment.toLowerCase(),
    isEmpty,
    after: "/",
    depth: 0,
    dots: 0,
    dotsDepth: 0,
    breaksDepth: -1,
  };
}

function cut(segment: string): PathPiece[] {
  const { codes, depths } = decodeSegment(segment);
  const pieces: PathPiece[] = [];
  let start = 0;
  for (let end = 0; end <= codes.length; end += 1) {
    const code = codes[end];
    if (end < codes.length && code !== slash && code !== backslash) continue;
    const isWhole = start === 0 && end === codes.length;
    const separator =
      start === 0
        ? ({ after: "/", depth: 0 } as const)
        : ({ after: codes[start - 1] === slash ? "encoded /" : "\\", depth: depths[start - 1] as number } as const);
    const part = { codes: codes.slice(start, end), depths: depths.slice(start, end) };
    pieces.push(readPiece(part, { written: isWhole ? segment : undefined, ...separator }));
    start = end + 1;
  }
  return pieces;
}

function readPiece(
  { codes, depths }: DecodedSegment,
  place: Pick<PathPiece, "written" | "after" | "depth">,
): PathPiece {
  const text = String.fromCodePoint(...codes);
  const bare = bareSegment(text).trim();
  const deepest = (isMeant: (code: number) => boolean) =>
    Math.max(-1, ...depths.filter((_, index) => isMeant(codes[index] as number)));
  const cut: Partial<Record<CutSign, PathPiece>> = {};
  for (const [sign, isSign] of Object.entries(cutSigns) as [CutSign, (code: number, depth: number) => boolean][]) {
    const end = codes.findIndex((code, index) => isSign(code, depths[index] as number));
    if (end < 0) continue;
    const part = { codes: codes.slice(0, end), depths: depths.slice(0, end) };
    cut[sign] = readPiece(part, { ...place, written: undefined });
  }
  return {
    ...place,
    folded: foldSegment(text),
    isEmpty: text === "",
    dots: bare === "." ? 1 : bare === ".." ? 2 : 0,
    dotsDepth: bare === text.replaceAll(/[\t\n\r]/g, "") ? deepest(isDot) : Number.POSITIVE_INFINITY,
    breaksDepth: deepest(isLineBreak),
    ...(Object.keys(cut).length > 0 && { cut }),
  };
}
