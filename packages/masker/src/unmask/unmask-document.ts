import { notify } from "@keyward/core";
import { readCallOptions, type UnmaskOptions } from "../call-options.ts";
import { openSource, type RestoreSource } from "../handle/open-handle.ts";
import { plainLookup } from "../json/plain-lookup.ts";
import type { Unmasked } from "../masked.ts";
import type { MaskerParts } from "../masker-parts.ts";
import { countBy } from "../observe/count-by.ts";
import { createUnmaskStream, type Passed, type ResolveTokens, type UnmaskStream } from "../stream/unmask-stream.ts";
import { withAnySignal } from "../stream/with-any-signal.ts";
import { withinStringLength } from "../text/within-string-length.ts";
import { resolveOnUnmaskFailure } from "../without-store/on-backend-error.ts";
import type { OpenDocument } from "./open-document.ts";
import { resolveAhead, resolveTokens } from "./resolve-tokens.ts";

/** Restores documents of one kind. */
export function createUnmask(
  parts: MaskerParts,
  open: OpenDocument,
): (source: string, restoreSource: RestoreSource, options?: UnmaskOptions) => Promise<Unmasked> {
  return async (source, restoreSource, options = {}) => {
    const startedAt = performance.now();
    parts.checkText(source);
    const callOptions = readUnmaskOptions(options);
    const scope = await parts.openScope(callOptions);
    const named = await openSource(restoreSource, callOptions, scope);
    const { readings, restore } = open(source, parts.reader);
    const { lookup, asked } = await resolveTokens(readings, named, scope.vault, callOptions);
    const restored = withinStringLength(() => restore(lookup));
    const passed = { textLength: source.length, tokens: readings.length, unresolved: restored.unresolved };
    tellUnmasked(parts, startedAt, passed, asked);
    return restored;
  };
}

/** Restores text that comes in pieces. */
export function createUnmaskStreams(
  parts: MaskerParts,
): (source: RestoreSource, options?: UnmaskOptions) => UnmaskStream {
  return (source, options = {}) => {
    const startedAt = performance.now();
    const callOptions = readUnmaskOptions(options);
    let storeLookups = 0;
    const opened = parts
      .openScope(callOptions)
      .then(async (scope) => resolveAhead(await openSource(source, callOptions, scope), scope.vault));
    const resolvePiece: ResolveTokens = async (references, abandoned) => {
      const resolve = await opened;
      const signals = callOptions.signal === undefined ? [abandoned] : [callOptions.signal, abandoned];
      const { lookup, asked } = await withAnySignal(signals, (signal) =>
        resolve({ references, options: readUnmaskOptions({ ...callOptions, signal }) }),
      );
      storeLookups += asked;
      return plainLookup(lookup);
    };
    return createUnmaskStream(parts.reader, resolvePiece, {
      ready: opened,
      onEnd: (passed) => tellUnmasked(parts, startedAt, passed, storeLookups),
    });
  };
}

function readUnmaskOptions(options: UnmaskOptions) {
  const own = readCallOptions(options, ["within", "onBackendError"]);
  return Object.assign(own, { onBackendError: resolveOnUnmaskFailure(own.onBackendError) });
}

function tellUnmasked(
  { options: { observer } }: MaskerParts,
  startedAt: number,
  { textLength, tokens, unresolved }: Passed,
  storeLookups: number,
): void {
  notify(observer, {
    type: "unmask",
    durationMs: performance.now() - startedAt,
    textLength,
    tokens,
    unresolved: countBy(unresolved.map(({ reason }) => reason)),
    storeLookups,
  });
}
