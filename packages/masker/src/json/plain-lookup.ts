import type { TokenLookup } from "../unmask/restore.ts";
import { unescapeText } from "./escapes.ts";
import { jsonEscapedType } from "./json-types.ts";

/** The look-up for text that is no JSON: what was kept escaped is given as what it says. */
export function plainLookup(lookup: TokenLookup): TokenLookup {
  return (token) => {
    const resolution = lookup(token);
    if (token.type !== jsonEscapedType || !("original" in resolution)) return resolution;
    return { original: unescapeText(resolution.original) ?? resolution.original };
  };
}
