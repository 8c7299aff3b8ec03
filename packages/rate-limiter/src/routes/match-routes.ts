import { ConfigurationError } from "@keyward/core";
import { either, type Found } from "./found.ts";
import { type PathPiece, readPieces } from "./path/path-piece.ts";
import { readPath } from "./path/read-path.ts";
import type { ResolvedRoute, ResolvedTable } from "./resolve-routes.ts";
import type { PatternName } from "./route-pattern.ts";

/** As much of a request as it takes to find its route. */
export interface RouteRequest {
  readonly method: string;
  /**
   * The path as it came, neither decoded nor normalised, with or without its query, or the whole URL. Give several if it isn't
   * certain which one the app routes by, such as before and after a rewrite.
   */
  readonly path: string | readonly string[];
}

/** In bytes. A path that is longer, or has more segments, is charged to every route. */
const longestPath = 2_048;
const mostPieces = 128;

/** The origin that clients of a proxy put before the path. What servers make of any other text with a scheme differs. */
const origin = /^[a-z][a-z0-9+.-]*:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?(?=\/[^\\]*$|$)/i;
const scheme = /^[a-z][a-z0-9+.-]*:[/\\]/i;

/**
 * Every route that some server might serve the request by. Exactly one for a path that is spelled like its pattern.
 *
 * @throws {ConfigurationError} for a request without a method or a path.
 */
export function matchRoutes(table: ResolvedTable, { method, path }: RouteRequest): readonly ResolvedRoute[] {
  if (typeof method !== "string")
    throw new ConfigurationError("method", "must be the method of the request, such as GET");
  const paths = typeof path === "string" ? [path] : path;
  if (!Array.isArray(paths) || paths.length === 0)
    throw new ConfigurationError("path", "must be the path of the request, or a list of its paths");
  const capitals = method.toUpperCase();
  let found: Found<ResolvedRoute> | undefined;
  for (const each of paths) {
    const readings = readRequest(each);
    if (readings === undefined) return table.all;
    for (const pieces of readings) {
      for (const reading of withoutPrefixes(pieces, table.prefixes)) {
        const next = table.tree.find(reading, capitals);
        found = found === undefined ? next : either(found, next);
      }
    }
  }
  return found === undefined || found.mayMiss ? [...(found?.targets ?? []), table.fallback] : found.targets;
}

/** Every way to read the path; undefined if it may mean anything. */
function readRequest(path: string): readonly (readonly PathPiece[])[] | undefined {
  if (typeof path !== "string")
    throw new ConfigurationError("path", "must be the path of the request, or a list of its paths");
  const query = path.indexOf("?");
  const sent = query < 0 ? path : path.slice(0, query);
  const bare = sent.startsWith("/") ? sent : sent.replace(origin, "");
  const bytes = /[^\0-\x7F]/.test(bare) ? new TextEncoder().encode(bare).length : bare.length;
  if (bytes > longestPath || scheme.test(bare)) return undefined;
  const pieces = readPieces(bare);
  return pieces.length > mostPieces ? undefined : readPath(pieces);
}

/** The pieces without any number of prefixes, and with them where it isn't certain that they are prefixes. */
function withoutPrefixes(
  pieces: readonly PathPiece[],
  prefixes: readonly (readonly PatternName[])[],
): readonly (readonly PathPiece[])[] {
  if (prefixes.length === 0) return [pieces];
  const start = pieces.findIndex(({ folded, dots }) => folded !== "" || dots === 2);
  const prefix = prefixes.find((names) => names.every(({ folded }, index) => pieces[start + index]?.folded === folded));
  if (prefix === undefined) return [pieces];
  const isCertain =
    start === 0 && prefix.every(({ spellings }, index) => spellings.includes(pieces[index]?.written ?? ""));
  const rest = withoutPrefixes(pieces.slice(start + prefix.length), prefixes);
  return isCertain ? rest : [pieces, ...rest];
}
