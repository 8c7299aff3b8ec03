import { notify } from "@keyward/core";
import { type MaskOptions, readCallOptions, type ScopeOptions, type UnmaskOptions } from "./call-options.ts";
import type { Finding } from "./detection/finding.ts";
import { type Erasure, eraseMappings } from "./erase/erase.ts";
import type { RestoreSource } from "./handle/open-handle.ts";
import { draftJson } from "./json/draft-json.ts";
import { openJson } from "./json/open-json.ts";
import { createMask } from "./mask/mask-document.ts";
import type { Masked, Unmasked } from "./masked.ts";
import { createParts } from "./masker-parts.ts";
import type { MaskerOptions } from "./options.ts";
import { checkReindexOptions, type Reindexed, type ReindexOptions, reindexMappings } from "./reindex/reindex.ts";
import type { UnmaskStream } from "./stream/unmask-stream.ts";
import { createUnmaskStreams } from "./stream/unmask-streams.ts";
import { draftText } from "./text/draft-text.ts";
import { openText } from "./text/open-text.ts";
import { createUnmask } from "./unmask/unmask-document.ts";

/** Replaces sensitive values with tokens, and tokens with the original values. Made by {@link createMasker}. */
export interface Masker {
  /**
   * Replaces every sensitive value it finds with a token. Within a scope, the same original of the same type always gets
   * the same token, on every instance. All new values of a text take one atomic step on the store, and known values take
   * none.
   *
   * If the store can't number a new value, the value gets a sealed token, which any instance with the key can restore
   * without a store. See the masker's option `onBackendError`.
   *
   * @throws {MaskerError} `TEXT_TOO_LONG` for a text over the limit, `HANDLE_INVALID` if there are more tokens than a
   * handle can hold. The text is never passed on unmasked.
   * @throws {BackendError} if a new value can't be numbered and `onBackendError` is `"throw"`.
   */
  mask(text: string, options?: MaskOptions): Promise<Masked>;
  /**
   * Restores the tokens that the handle names. Every other token stays in the text and is reported in `unresolved`.
   *
   * @throws {MaskerError} `HANDLE_INVALID` or `SCOPE_MISMATCH` for a handle that can't be used, `TEXT_TOO_LONG` for a text
   * over the limit or one that would be longer than a string can be once it is restored.
   * @throws {BackendError} if the store can't be reached, unless `onBackendError` is `"leave"`.
   */
  unmask(text: string, source: RestoreSource, options?: UnmaskOptions): Promise<Unmasked>;
  /**
   * Restores a text that arrives in pieces, wherever it is cut. The output is the same as `unmask` gives for the whole
   * text, and only what may be the start of a token is held back. The stream fails with the errors of `unmask`.
   */
  unmaskStream(source: RestoreSource, options?: UnmaskOptions): UnmaskStream;
  /**
   * Masks JSON source, such as a request body. It masks strings, numbers and member names, also inside strings that hold
   * JSON themselves, and returns JSON. Everything else in the source stays exactly as it is. A masked number becomes a
   * string with a token of the type `JSON_NUMBER`.
   *
   * @throws {MaskerError} also `JSON_INVALID`
   */
  maskJson(source: string, options?: MaskOptions): Promise<Masked>;
  /**
   * Restores JSON source, such as a response body, and returns JSON. Originals are escaped for the string they stand in.
   * A string that holds nothing but a number's token becomes the number again.
   *
   * @throws {MaskerError} also `JSON_INVALID`
   */
  unmaskJson(source: string, restoreSource: RestoreSource, options?: UnmaskOptions): Promise<Unmasked>;
  /** Lists what `mask` would replace. Stores nothing, and doesn't contact the store. */
  preview(text: string): readonly Finding[];
  /**
   * Forgets originals. They can no longer be restored, and get a new number if they turn up again. Other instances follow
   * within 30 s, or at once if the backend can push. Sealed tokens are out of reach, because they hold the original
   * themselves.
   *
   * @returns how many mappings were erased; null for a whole scope, which goes in one step however large it is
   */
  erase(what: Erasure, options?: ScopeOptions): Promise<number | null>;
  /**
   * Seals every mapping of the scope under the first key and indexes it under every index key. Numbers don't change.
   *
   * To replace a key, add the new one after the old one on every instance and call `reindex`. Then put the new one first
   * everywhere and call `reindex` again. Then remove the old one.
   */
  reindex(options?: ReindexOptions & ScopeOptions): Promise<Reindexed>;
}

/**
 * Makes a masker. It opens no connection before its first use.
 *
 * @example
 * ```ts
 * const masker = createMasker();
 * const masked = await masker.mask("Analyze i-1234567890abcdef0"); // masked.text is "Analyze AWS_EC2_001"
 * const { text } = await masker.unmask("AWS_EC2_001 is idle.", masked); // "i-1234567890abcdef0 is idle."
 * ```
 * @throws {ConfigurationError} if an option can't be used.
 */
export function createMasker(options: MaskerOptions = {}): Masker {
  const parts = createParts(options);
  const { detector, openScope, checkText, reader } = parts;
  return {
    mask: createMask(parts, draftText),
    unmask: createUnmask(parts, openText),
    unmaskStream: createUnmaskStreams(parts),
    maskJson: createMask(parts, draftJson),
    unmaskJson: createUnmask(parts, openJson),

    preview(text) {
      checkText(text);
      return detector
        .find(text)
        .findings.map(({ label: { type, confidence }, start, end }) => ({ type, start, end, confidence }));
    },

    async erase(what, options = {}) {
      const startedAt = performance.now();
      const callOptions = readCallOptions(options, []);
      const scope = await openScope(callOptions);
      const erased = await eraseMappings(what, scope.vault, reader, callOptions);
      notify(parts.options.observer, { type: "erase", durationMs: performance.now() - startedAt, erased });
      return erased;
    },

    async reindex(options = {}) {
      const callOptions = readCallOptions(options, ["after", "onProgress"]);
      const { vault } = await openScope(callOptions);
      checkReindexOptions(callOptions);
      return reindexMappings(vault, callOptions, callOptions);
    },
  };
}
