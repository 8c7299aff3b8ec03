import { ConfigurationError } from "@keyward/core";
import { foldSegment } from "./path/fold-segment.ts";

export interface PatternName {
  /** The name as `foldSegment` folds it. */
  readonly folded: string;
  /** How clients may send the name if they spell it as the pattern does. */
  readonly spellings: readonly string[];
}

export interface RoutePattern {
  /** Undefined for a segment of any name. */
  readonly segments: readonly (PatternName | undefined)[];
  /** Whether everything below matches as well. */
  readonly below: boolean;
  /** Whether the pattern is written with a slash at its end. */
  readonly endsWithSlash: boolean;
  /** Equal for two patterns that match the same paths. */
  readonly shape: string;
}

const mostCharacters = 128;
const example = 'such as "/api/users/:id" or "/api/ai/*"';

/**
 * Reads a pattern: names; `:name` or `*` for any one segment; `*` at the end for the path before it and everything below.
 *
 * @throws {ConfigurationError} for a pattern that couldn't match what it seems to match.
 */
export function parsePattern(field: string, pattern: unknown): RoutePattern {
  const refuse = (what: string) => new ConfigurationError(field, `${what}, ${example}`);
  if (typeof pattern !== "string" || !pattern.startsWith("/")) throw refuse("must be a path that starts with a slash");
  const names = pattern.slice(1).split("/");
  const below = names.at(-1) === "*";
  const endsWithSlash = names.at(-1) === "";
  if (below || endsWithSlash) names.pop();
  const segments = names.map((name) => {
    if (name === "*" || /^:[A-Za-z_]\w*$/.test(name)) return undefined;
    if (name === "") throw refuse("must not have two slashes in a row");
    if (/[:*(){}[\]+!|^<>"`]/.test(name))
      throw refuse("can use * and :name only as whole segments, and no other special characters");
    const folded = foldSegment(name);
    if (/[%\\;?#\s\p{Control}\p{Surrogate}]/u.test(name) || folded === "" || /\.$/.test(name)) {
      throw refuse("must be written as people read it: decoded, without a query, spaces, or dots at the end of a name");
    }
    return { folded, spellings: [name, encodeURIComponent(name), encodeURI(name)] };
  });
  if (encodeURI(pattern).length > mostCharacters)
    throw refuse(`must be at most ${mostCharacters} characters long in its encoded form`);
  const shape = `/${segments.map((segment) => segment?.folded ?? "*").join("/")}${below ? "/**" : ""}`;
  return { segments, below, endsWithSlash, shape };
}
