import type { TokenLookup } from "../unmask/restore.ts";
import { unescapeText } from "./escapes.ts";
import { jsonEscapedType } from "./json-types.ts";

/** Turns a look-up into one for plain text: originals that were kept in their escaped form are unescaped. */
export function plainLookup(lookup: TokenLookup): TokenLookup {
  return (token) => {
    const resolution = lookup(token);
    if (token.type !== jsonEscapedType || !("original" in resolution)) return resolution;
    return { original: unescapeText(resolution.original) ?? resolution.original };
  };
}
