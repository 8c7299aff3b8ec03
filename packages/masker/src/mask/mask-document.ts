import { type MaskOptions, readCallOptions } from "../call-options.ts";
import type { KeepToken } from "../detection/document-detector.ts";
import { encodeHandle } from "../handle/handle.ts";
import { NamedTokens } from "../handle/named-tokens.ts";
import { openKept } from "../handle/open-handle.ts";
import type { Masked } from "../masked.ts";
import type { MaskerParts } from "../masker-parts.ts";
import { observeMask } from "../observe/observe-mask.ts";
import { withinStringLength } from "../text/within-string-length.ts";
import { assignTokens } from "./assign-tokens.ts";
import type { DraftDocument } from "./draft.ts";

/** Makes the `mask` of one kind of document: text or JSON. */
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
    // Only the store's reply says which life the scope is in. Tokens kept from another life would be wrong: draft again.
    while (assigned.issued.born > 0 && assigned.issued.born !== born) {
      born = assigned.issued.born;
      if (keep === undefined) break;
      draft = draftIn(born);
      assigned = await assignTokens(draft, scope.vault, format, onBackendError, callOptions);
    }
    const { found, kept, originals, originalOf } = draft;
    const typeAt = (place: number): string => originals[originalOf[place]!]!.type;
    const { tokens, issued } = assigned;
    const entries = keep === undefined ? [] : kept.map((token) => keep.tokens.entryOf(token));
    const contents = { scope: scope.tag, born, tokens: NamedTokens.of([...issued.tokens, ...entries]) };
    const handle = await encodeHandle(contents, scope.vault.cipher.authenticators[0]);
    if (observer !== undefined) {
      const types = found.map((_, place) => typeAt(place));
      observeMask(observer, startedAt, source.length, types, issued);
    }
    return {
      text: withinStringLength(() => draft.write(tokens)),
      handle,
      findings: found.map(({ start, end }, place) => ({ type: typeAt(place), start, end, token: tokens[place]! })),
    };
  };
}
