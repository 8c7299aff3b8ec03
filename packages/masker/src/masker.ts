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

/** Replaces sensitive values by tokens, and tokens by the values again. Made by {@link createMasker}. */
export interface Masker {
  /**
   * Replaces every value that is found by its token. One original of one type has one token in its scope, on every
   * instance; what is new takes one atomic step on the store, what is known none. Where the store can't number what is
   * new, it gets a sealed token, which any instance with the key restores without a store; see the masker's option
   * `onBackendError`.
   *
   * @throws {MaskerError} `TEXT_TOO_LONG` over the limit, `HANDLE_INVALID` for more tokens than a handle holds; the text
   * is never passed on unmasked.
   * @throws {BackendError} if a new value can't be numbered and isn't to be sealed.
   */
  mask(text: string, options?: MaskOptions): Promise<Masked>;
  /**
   * Restores the tokens that the handle names; every other one stays as it is and is reported.
   *
   * @throws {MaskerError} `HANDLE_INVALID` or `SCOPE_MISMATCH` for a handle that can't be used, `TEXT_TOO_LONG` also where
   * the originals would make more than a string holds.
   * @throws {BackendError} if the store can't be asked, unless `onBackendError` is `"leave"`.
   */
  unmask(text: string, source: RestoreSource, options?: UnmaskOptions): Promise<Unmasked>;
  /**
   * The same for text that comes in pieces, cut anywhere. What comes out is what `unmask` gives for the whole; only what
   * may be the beginning of a token is held back. The stream fails as `unmask` would.
   */
  unmaskStream(source: RestoreSource, options?: UnmaskOptions): UnmaskStream;
  /**
   * `mask` for the source of JSON, a request's body say: strings, numbers and the names of members are masked, also in
   * strings that hold JSON themselves, and what comes out is JSON. All the rest of the source stays as it is, to the
   * letter. A number becomes a string with a token of the type `JSON_NUMBER`.
   *
   * @throws {MaskerError} also `JSON_INVALID`
   */
  maskJson(source: string, options?: MaskOptions): Promise<Masked>;
  /**
   * `unmask` for the source of JSON, an answer's body say: originals are escaped for the string they come into, and a
   * number's token that fills its string is the number again. What comes out is JSON.
   *
   * @throws {MaskerError} also `JSON_INVALID`
   */
  unmaskJson(source: string, restoreSource: RestoreSource, options?: UnmaskOptions): Promise<Unmasked>;
  /** What `mask` would replace. Stores nothing and asks nobody. */
  preview(text: string): readonly Finding[];
  /**
   * Forgets originals: they can't be restored any more and get a new number when they come again. Other instances follow
   * within 30 s, at once where the backend can push. A sealed token isn't reached: it holds its original itself.
   *
   * @returns how many there were; null for a whole scope, which goes in one step however large it is
   */
  erase(what: Erasure, options?: ScopeOptions): Promise<number | null>;
  /**
   * Seals every mapping of the scope under the first key and makes it found by every index key; numbers stay. To replace
   * a key: give every instance the new one behind the old one; `reindex`; put the new one first everywhere; `reindex`;
   * drop the old one.
   */
  reindex(options?: ReindexOptions & ScopeOptions): Promise<Reindexed>;
}

/**
 * Makes a masker. Nothing is opened until it is used.
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
