import { ConfigurationError, notify } from "@keyward/core";
import { assignTokens } from "./assign-tokens.ts";
import { type MaskOptions, readCallOptions, type ScopeOptions, type UnmaskOptions } from "./call-options.ts";
import { createDocumentDetector } from "./detection/document-detector.ts";
import type { Finding } from "./detection/finding.ts";
import { LITERAL_TYPE } from "./detection/literals.ts";
import { type DraftDocument, draftText } from "./draft.ts";
import { type Erasure, eraseMappings } from "./erase.ts";
import { MaskerError } from "./errors.ts";
import type { MaskerEvent } from "./events.ts";
import { encodeHandle } from "./handle/handle.ts";
import { TokenSet } from "./handle/token-set.ts";
import { draftJson } from "./json/draft-json.ts";
import { jsonTypes } from "./json/json-types.ts";
import { plainLookup } from "./json/plain-lookup.ts";
import { openJson } from "./json/restore-json.ts";
import type { Masked, Unmasked } from "./masked.ts";
import { type OpenDocument, openText } from "./open-document.ts";
import { openKept, openSource, type RestoreSource } from "./open-handle.ts";
import { checkScope, type MaskerOptions, resolveOptions } from "./options.ts";
import { checkReindexOptions, type Reindexed, type ReindexOptions, reindexMappings } from "./reindex.ts";
import { resolveAhead, resolveTokens } from "./restore-text.ts";
import { createTokenReader } from "./tokens/token-reader.ts";
import { createUnmaskStream, type Passed, type ResolveTokens, type UnmaskStream } from "./tokens/unmask-stream.ts";
import { ScopeVaults } from "./vault/scope-vaults.ts";
import { withAnySignal } from "./with-any-signal.ts";
import { withinStringLength } from "./within-string-length.ts";

/** Replaces sensitive values by tokens, and tokens by the values again. Made by {@link createMasker}. */
export interface Masker {
  /**
   * Replaces every value that is found by its token. One original of one type has one token in its scope, on every
   * instance; what is new takes one atomic step on the store, what is known none.
   *
   * @throws {MaskerError} `TEXT_TOO_LONG` over the limit; the text is never passed on unmasked.
   * @throws {BackendError} if a new value can't be numbered.
   */
  mask(text: string, options?: MaskOptions): Promise<Masked>;
  /**
   * Restores the tokens that the handle names; every other one stays as it is and is reported.
   *
   * @throws {MaskerError} `HANDLE_INVALID` or `SCOPE_MISMATCH` for a handle that can't be used, `TEXT_TOO_LONG` also where
   * the originals would make more than a string holds.
   * @throws {BackendError} if the store can't be asked.
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
   * within 30 s, at once where the backend can push.
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
  const resolved = resolveOptions(options);
  const { format, maxTextLength, observer } = resolved;
  const types = new Set(resolved.detectors.map(({ type }) => type).concat(LITERAL_TYPE, ...jsonTypes));
  const reader = createTokenReader(format, types);
  const detector = createDocumentDetector({
    ...resolved,
    types,
    placeholder: format.write(nobodysType(types), 1),
    readTokens: (text) => reader.read(text),
  });
  const vaults = new ScopeVaults({
    ...resolved,
    onMayEvict: (policy) => notify(observer ?? warnOfEviction, { type: "store.may-evict", policy }),
  });

  const openScope = ({ scope }: ScopeOptions) => vaults.open(scope === undefined ? resolved.scope : checkScope(scope));

  const checkText = (text: string): void => {
    if (typeof text !== "string") throw new ConfigurationError("text", "takes a string");
    if (text.length > maxTextLength) {
      throw new MaskerError(
        "TEXT_TOO_LONG",
        `the text has ${text.length} characters, the limit is ${maxTextLength}; mask it in parts or raise maxTextLength`,
      );
    }
  };

  const maskAs =
    (draftDocument: DraftDocument): Masker["mask"] =>
    async (source, options = {}) => {
      const startedAt = performance.now();
      checkText(source);
      const callOptions = readCallOptions(options);
      const scope = await openScope(callOptions);
      const keep = callOptions.keep === undefined ? undefined : await openKept(callOptions.keep, scope);
      const isKept = keep === undefined ? undefined : (type: string, number: number) => keep.has(type, number);
      const draft = draftDocument(source, detector, reader, isKept);
      const { found, kept } = draft;
      const { tokens, references, lookups } = await assignTokens(draft, scope.vault, format, callOptions);
      const contents = { scope: scope.tag, tokens: TokenSet.of([...references, ...kept]) };
      const handle = await encodeHandle(contents, scope.vault.cipher.authenticators[0]);
      if (observer !== undefined) {
        notify(observer, {
          type: "mask",
          durationMs: performance.now() - startedAt,
          textLength: source.length,
          findings: countBy(found.map(({ type }) => type)),
          storeLookups: lookups,
        });
      }
      return {
        text: withinStringLength(() => draft.write(tokens)),
        handle,
        findings: found.map(({ type, start, end }, index) => ({ type, start, end, token: tokens[index]! })),
      };
    };

  const tellUnmasked = (startedAt: number, { textLength, tokens, unresolved }: Passed, storeLookups: number): void =>
    notify(observer, {
      type: "unmask",
      durationMs: performance.now() - startedAt,
      textLength,
      tokens,
      unresolved: countBy(unresolved.map(({ reason }) => reason)),
      storeLookups,
    });

  const unmaskAs =
    (open: OpenDocument): Masker["unmask"] =>
    async (source, restoreSource, options = {}) => {
      const startedAt = performance.now();
      checkText(source);
      const callOptions = readCallOptions(options);
      const scope = await openScope(callOptions);
      const named = await openSource(restoreSource, callOptions, scope);
      const { readings, restore } = open(source, reader);
      const { lookup, asked } = await resolveTokens(readings, named, scope.vault, callOptions);
      const restored = withinStringLength(() => restore(lookup));
      const passed = { textLength: source.length, tokens: readings.length, unresolved: restored.unresolved };
      tellUnmasked(startedAt, passed, asked);
      return restored;
    };

  return {
    mask: maskAs(draftText),
    unmask: unmaskAs(openText),
    maskJson: maskAs(draftJson),
    unmaskJson: unmaskAs(openJson),

    unmaskStream(source, options = {}) {
      const startedAt = performance.now();
      const callOptions = readCallOptions(options);
      let storeLookups = 0;
      const opened = openScope(callOptions).then(async (scope) =>
        resolveAhead(await openSource(source, callOptions, scope), scope.vault),
      );
      const resolvePiece: ResolveTokens = async (references, abandoned) => {
        const resolve = await opened;
        const signals = callOptions.signal === undefined ? [abandoned] : [callOptions.signal, abandoned];
        const { lookup, asked } = await withAnySignal(signals, (signal) =>
          resolve({ references, options: readCallOptions({ ...callOptions, signal }) }),
        );
        storeLookups += asked;
        return plainLookup(lookup);
      };
      return createUnmaskStream(reader, resolvePiece, {
        ready: opened,
        onEnd: (passed) => tellUnmasked(startedAt, passed, storeLookups),
      });
    },

    preview(text) {
      checkText(text);
      return detector.find(text).findings.map(({ type, start, end, confidence }) => ({ type, start, end, confidence }));
    },

    async erase(what, options = {}) {
      const startedAt = performance.now();
      const callOptions = readCallOptions(options);
      const scope = await openScope(callOptions);
      const erased = await eraseMappings(what, scope.vault, reader, callOptions);
      notify(observer, { type: "erase", durationMs: performance.now() - startedAt, erased });
      return erased;
    },

    async reindex(options = {}) {
      const callOptions = readCallOptions(options);
      const { vault } = await openScope(callOptions);
      checkReindexOptions(callOptions);
      return reindexMappings(vault, callOptions, callOptions);
    },
  };
}

/** A type that no detector has: its token stands for any other where only the place matters. */
function nobodysType(types: ReadonlySet<string>): string {
  let type = "ANY_TOKEN";
  while (types.has(type)) type += "S";
  return type;
}

/** For apps without an observer: mappings that vanish are worth a line in the log. */
function warnOfEviction(event: MaskerEvent): void {
  if (event.type !== "store.may-evict") return;
  console.warn(`keyward: the store may drop mappings (maxmemory-policy ${event.policy}); set it to noeviction`);
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}
