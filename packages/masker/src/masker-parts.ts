import { ConfigurationError, notify } from "@keyward/core";
import type { ScopeOptions } from "./call-options.ts";
import { createDocumentDetector, type DocumentDetector } from "./detection/document-detector.ts";
import { literalType } from "./detection/literals.ts";
import { MaskerError } from "./errors.ts";
import type { MaskerEvent } from "./events.ts";
import { jsonTypes } from "./json/json-types.ts";
import { checkScope, type MaskerOptions, type ResolvedOptions, resolveOptions } from "./options.ts";
import { createTokenReader, type TokenReader } from "./tokens/token-reader.ts";
import { type OpenScope, ScopeVaults } from "./vault/scope-vaults.ts";

/** What the methods of a masker share. */
export interface MaskerParts {
  readonly options: ResolvedOptions;
  readonly reader: TokenReader;
  readonly detector: DocumentDetector;
  readonly openScope: (options: ScopeOptions) => Promise<OpenScope>;
  /** @throws {MaskerError} `TEXT_TOO_LONG` over the limit */
  readonly checkText: (text: string) => void;
}

/** @throws {ConfigurationError} if an option can't be used. */
export function createParts(given: MaskerOptions): MaskerParts {
  const options = resolveOptions(given);
  const { format, maxTextLength, observer } = options;
  const types = new Set(options.detectors.map(({ type }) => type).concat(literalType, ...jsonTypes));
  const reader = createTokenReader(format, types);
  const detector = createDocumentDetector({
    ...options,
    types,
    placeholder: format.write(placeholderType(types), 1),
    readTokens: (text) => reader.read(text),
  });
  const vaults = new ScopeVaults({
    ...options,
    onMayEvict: (policy) => notify(observer ?? warnOfEviction, { type: "store.may-evict", policy }),
  });
  return {
    options,
    reader,
    detector,
    openScope: ({ scope }) => vaults.open(scope === undefined ? options.scope : checkScope(scope)),
    checkText(text) {
      if (typeof text !== "string") throw new ConfigurationError("text", "must be a string");
      if (text.length > maxTextLength) {
        throw new MaskerError(
          "TEXT_TOO_LONG",
          `the text has ${text.length} characters, the limit is ${maxTextLength}; mask it in parts or raise maxTextLength`,
        );
      }
    },
  };
}

/** A type that no detector has. Its token serves as a placeholder while the real tokens aren't known yet. */
function placeholderType(types: ReadonlySet<string>): string {
  let type = "ANY_TOKEN";
  while (types.has(type)) type += "S";
  return type;
}

/** Without an observer the warning goes to the console, because mappings that vanish can't be restored. */
function warnOfEviction(event: MaskerEvent): void {
  if (event.type !== "store.may-evict") return;
  console.warn(`keyward: the store may drop mappings (maxmemory-policy ${event.policy}); set it to noeviction`);
}
