import { notify } from "@keyward/core";
import { type MaskOptions, readCallOptions } from "../call-options.ts";
import type { KeepToken } from "../detection/document-detector.ts";
import { encodeHandle } from "../handle/handle.ts";
import { NamedTokens } from "../handle/named-tokens.ts";
import { openKept } from "../handle/open-handle.ts";
import type { Masked } from "../masked.ts";
import type { MaskerParts } from "../masker-parts.ts";
import { countBy } from "../observe/count-by.ts";
import { withinStringLength } from "../text/within-string-length.ts";
import { assignTokens } from "./assign-tokens.ts";
import type { DraftDocument } from "./draft.ts";

/** Masks documents of one kind. */
export function createMask(
  { options: { format, observer, onBackendError }, reader, detector, openScope, checkText }: MaskerParts,
  draftDocument: DraftDocument,
): (source: string, options?: MaskOptions) => Promise<Masked> {
  return async (source, options = {}) => {
    const startedAt = performance.now();
    checkText(source);
    const callOptions = readCallOptions(options, ["keep"]);
    const scope = await openScope(callOptions);
    const keep = callOptions.keep === undefined ? undefined : await openKept(callOptions.keep, scope);
    const draftIn = (born: number) => {
      const isKept: KeepToken | undefined = keep && ((token) => keep.has(token, born));
      return draftDocument(source, detector, reader, isKept);
    };
    let born = scope.vault.cache.born || (keep?.lastBorn ?? 0);
    let draft = draftIn(born);
    let assigned = await assignTokens(draft, scope.vault, format, onBackendError, callOptions);
    // Only the numbers tell of which life of the scope the tokens have to be that stay beside them.
    while (assigned.named.born > 0 && assigned.named.born !== born) {
      born = assigned.named.born;
      if (keep === undefined) break;
      draft = draftIn(born);
      assigned = await assignTokens(draft, scope.vault, format, onBackendError, callOptions);
    }
    const { found, kept, originals, originalOf } = draft;
    const typeAt = (place: number): string => originals[originalOf[place]!]!.type;
    const { tokens, named } = assigned;
    const entries = keep === undefined ? [] : kept.map((token) => keep.tokens.entryOf(token));
    const contents = { scope: scope.tag, born, tokens: NamedTokens.of([...named.tokens, ...entries]) };
    const handle = await encodeHandle(contents, scope.vault.cipher.authenticators[0]);
    if (observer !== undefined) {
      const { lookups, sealed, failure } = named;
      notify(observer, {
        type: "mask",
        durationMs: performance.now() - startedAt,
        textLength: source.length,
        findings: countBy(found.map((_, place) => typeAt(place))),
        storeLookups: lookups,
        sealed,
        ...(failure && { backendError: failure.code }),
      });
    }
    return {
      text: withinStringLength(() => draft.write(tokens)),
      handle,
      findings: found.map(({ start, end }, place) => ({ type: typeAt(place), start, end, token: tokens[place]! })),
    };
  };
}
