import type { PathPiece } from "./path-piece.ts";

/** How a server reads a path before it resolves `..` in it. */
interface Resolver {
  /** How often it decodes first. */
  readonly decodes: number;
  /** On the web a backslash is a slash and `%2e` is a dot; on Windows only the former holds, on POSIX neither. */
  readonly rules: "web" | "windows" | "posix";
  /** Whether `//` holds a folder without a name, which `..` leaves, or is the same as `/`. */
  readonly emptyFolders: boolean;
}

/** What browsers do to a path before they send it, and Fetch handlers before they read it: resolve dots, turn backslashes. */
export function asBrowsers(pieces: readonly PathPiece[]): readonly PathPiece[] {
  const isSlash = ({ after, depth }: PathPiece) => after === "\\" && depth === 0;
  const read = pieces.some(isSlash)
    ? pieces.map((piece) => (isSlash(piece) ? ({ ...piece, after: "/" } as const) : piece))
    : pieces;
  return read.some(({ dots }) => dots === 2) ? resolve(read, { decodes: 0, rules: "web", emptyFolders: true }) : read;
}

/** Every way in which servers may resolve `..` in a path, or leave it. */
export function resolveDots(pieces: readonly PathPiece[]): readonly (readonly PathPiece[])[] {
  if (!pieces.some(({ dots }) => dots === 2)) return [pieces];
  return [pieces, ...resolversFor(pieces).map((resolver) => resolve(pieces, resolver))];
}

/** The resolvers whose results may differ for these pieces. */
function resolversFor(pieces: readonly PathPiece[]): readonly Resolver[] {
  const depths = new Set([
    0,
    ...pieces.flatMap(({ depth, dotsDepth, breaksDepth }) => [depth, dotsDepth, breaksDepth]),
  ]);
  const decodes = [0, 1, 2, Number.POSITIVE_INFINITY].filter((each) => each === 0 || Math.max(...depths) >= each);
  const isPlain = pieces.every(
    ({ after, dots, dotsDepth, breaksDepth }) => after === "/" && (dots === 0 || (dotsDepth === 0 && breaksDepth < 0)),
  );
  const rules = isPlain ? (["web"] as const) : (["web", "windows", "posix"] as const);
  const emptyFolders = pieces.some(({ isEmpty }) => isEmpty) ? [true, false] : [true];
  return decodes.flatMap((decodes) =>
    rules.flatMap((rules) => emptyFolders.map((emptyFolders) => ({ decodes, rules, emptyFolders }))),
  );
}

function resolve(pieces: readonly PathPiece[], { decodes, rules, emptyFolders }: Resolver): readonly PathPiece[] {
  const mostDots = rules === "web" ? decodes + 1 : decodes;
  const mostBreaks = rules === "web" || decodes > 2 ? decodes : -1;
  const separates = ({ after, depth }: PathPiece) => depth <= decodes && (rules !== "posix" || after !== "\\");
  const folders: PathPiece[][] = [];
  for (let start = 0, end = 0; start < pieces.length; start = end) {
    const first = pieces[start] as PathPiece;
    for (end = start + 1; end < pieces.length && !separates(pieces[end] as PathPiece); end += 1);
    const isRead = first.dotsDepth <= mostDots && first.breaksDepth <= mostBreaks;
    const isStep = end === start + 1 && first.dots > 0 && isRead;
    if (!isStep) folders.push(pieces.slice(start, end));
    else if (first.dots === 2) leaveFolder(folders, emptyFolders);
    // A path that ends with a step leads to a folder, and the address of a folder ends with a slash.
    if (isStep && end === pieces.length)
      folders.push([{ ...first, written: undefined, folded: "", isEmpty: true, dots: 0 }]);
  }
  return folders.flat();
}

function leaveFolder(folders: PathPiece[][], emptyFolders: boolean): void {
  const isEmpty = (folder: readonly PathPiece[] | undefined) => folder?.length === 1 && folder[0]?.isEmpty;
  while (!emptyFolders && isEmpty(folders.at(-1))) folders.pop();
  folders.pop();
}
