import type { UnmaskOptions } from "../call-options.ts";
import { openSource, type RestoreSource } from "../handle/open-handle.ts";
import { plainLookup } from "../json/plain-lookup.ts";
import type { MaskerParts } from "../masker-parts.ts";
import { observeUnmask } from "../observe/observe-unmask.ts";
import { readUnmaskOptions } from "../unmask/unmask-options.ts";
import { resolveAhead } from "./resolve-ahead.ts";
import { createUnmaskStream, type ResolvePiece, type UnmaskStream } from "./unmask-stream.ts";
import { withAnySignal } from "./with-any-signal.ts";

/** Makes a masker's `unmaskStream`. */
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
    const resolvePiece: ResolvePiece = async (references, abandoned) => {
      const resolve = await opened;
      const signals = callOptions.signal === undefined ? [abandoned] : [callOptions.signal, abandoned];
      const { lookup, asked } = await withAnySignal(signals, (signal) =>
        resolve(references, readUnmaskOptions({ ...callOptions, signal })),
      );
      storeLookups += asked;
      return plainLookup(lookup);
    };
    return createUnmaskStream(parts.reader, resolvePiece, {
      ready: opened,
      onEnd: (passed) => observeUnmask(parts.options.observer, startedAt, passed, storeLookups),
    });
  };
}
