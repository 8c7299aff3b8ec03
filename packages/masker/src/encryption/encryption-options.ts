import { ConfigurationError, type KeyValueBackend, ownOptions } from "@keyward/core";
import { type Key, parseKey } from "./key-material.ts";

/**
 * The keys that protect originals in the store. There are two lists, because the keys that find mappings and the keys that
 * open them may be replaced at different times. `Masker.reindex` says how to replace a key.
 */
export interface EncryptionOptions {
  /**
   * Keys of 32 random bytes. The first one seals new mappings; every one of them opens. A missing key, such as an
   * environment variable that isn't set, is a `ConfigurationError`.
   */
  readonly keys: readonly (Key | undefined)[];
  /**
   * Keys that recognise equal originals. Every mapping is written and looked up under all of them.
   *
   * @default `keys`
   */
  readonly indexKeys?: readonly (Key | undefined)[];
}

/** The master keys of a masker; without encryption there are none. */
export interface MasterKeys {
  readonly index: readonly Uint8Array<ArrayBuffer>[];
  readonly sealing: readonly Uint8Array<ArrayBuffer>[];
}

/** Replacing keys takes two or three. Every further index key makes each look-up cost more. */
const maxKeys = 8;

export function resolveEncryption(
  encryption: EncryptionOptions | "none" | undefined,
  backend: KeyValueBackend,
): MasterKeys | undefined {
  if (encryption === "none") return undefined;
  if (encryption === undefined) {
    if (backend.capabilities.reach !== "shared") return undefined;
    throw new ConfigurationError(
      "encryption",
      'is required, because originals would be readable in a shared store; give { keys: [...] }, or "none" if they may be',
    );
  }
  if (typeof encryption !== "object" || encryption === null) {
    throw new ConfigurationError("encryption", 'must be { keys: [...] } or "none"');
  }
  const { keys, indexKeys } = ownOptions("encryption", encryption);
  const sealing = parseKeys("encryption.keys", keys);
  const index = indexKeys === undefined ? sealing : parseKeys("encryption.indexKeys", indexKeys);
  return { index, sealing };
}

function parseKeys(field: string, keys: readonly (Key | undefined)[]): readonly Uint8Array<ArrayBuffer>[] {
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > maxKeys) {
    throw new ConfigurationError(field, `must be a list of 1 to ${maxKeys} keys`);
  }
  const parsed = keys.map((key, index) => parseKey(`${field}[${index}]`, key));
  if (new Set(parsed.map((bytes) => bytes.join())).size < parsed.length) {
    throw new ConfigurationError(field, "has the same key twice");
  }
  return parsed;
}
