import type { UnmaskOptions } from "../call-options.ts";
import { openSource, type RestoreSource } from "../handle/open-handle.ts";
import type { Unmasked } from "../masked.ts";
import type { MaskerParts } from "../masker-parts.ts";
import { observeUnmask } from "../observe/observe-unmask.ts";
import { withinStringLength } from "../text/within-string-length.ts";
import type { OpenDocument } from "./open-document.ts";
import { resolveTokens } from "./resolve-tokens.ts";
import { readUnmaskOptions } from "./unmask-options.ts";

/** Makes the `unmask` of one kind of document: text or JSON. */
export function createUnmask(
  parts: MaskerParts,
  openDocument: OpenDocument,
): (source: string, restoreSource: RestoreSource, options?: UnmaskOptions) => Promise<Unmasked> {
  return async (source, restoreSource, options = {}) => {
    const startedAt = performance.now();
    parts.checkText(source);
    const callOptions = readUnmaskOptions(options);
    const scope = await parts.openScope(callOptions);
    const named = await openSource(restoreSource, callOptions, scope);
    const { readings, restore } = openDocument(source, parts.reader);
    const { lookup, asked } = await resolveTokens(readings, named, scope.vault, callOptions);
    const restored = withinStringLength(() => restore(lookup));
    const passed = { textLength: source.length, tokens: readings.length, unresolved: restored.unresolved };
    observeUnmask(parts.options.observer, startedAt, passed, asked);
    return restored;
  };
}
