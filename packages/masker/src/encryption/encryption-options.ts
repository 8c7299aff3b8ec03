import { ConfigurationError, type KeyValueBackend, ownOptions } from "@keyward/core";
import { type Key, parseKey } from "./key-material.ts";

/**
 * How originals are kept in the store. Two lists, because a key for finding mappings and a key for opening them are
 * replaced at different times; see `Masker.reindex` for how to replace one.
 */
export interface EncryptionOptions {
  /**
   * Keys of 32 random bytes. The first one seals new mappings, all of them open. An absent one (an environment variable
   * that isn't set) is a `ConfigurationError`.
   */
  readonly keys: readonly (Key | undefined)[];
  /**
   * Keys that equal originals are recognised by: a mapping is looked up under all of them and written under all of them.
   *
   * @default `keys`
   */
  readonly indexKeys?: readonly (Key | undefined)[];
}

/** The master keys; undefined stands for no encryption. */
export interface MasterKeys {
  readonly index: readonly Uint8Array<ArrayBuffer>[];
  readonly sealing: readonly Uint8Array<ArrayBuffer>[];
}

/** More index keys than a rotation needs make every look-up dearer. */
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
      'originals would lie readable in a shared store; give { keys: [...] }, or write encryption: "none" if that is meant',
    );
  }
  if (typeof encryption !== "object" || encryption === null) {
    throw new ConfigurationError("encryption", 'takes { keys: [...] } or "none"');
  }
  const { keys, indexKeys } = ownOptions("encryption", encryption);
  const sealing = parseKeys("encryption.keys", keys);
  const index = indexKeys === undefined ? sealing : parseKeys("encryption.indexKeys", indexKeys);
  return { index, sealing };
}

function parseKeys(field: string, keys: readonly (Key | undefined)[]): readonly Uint8Array<ArrayBuffer>[] {
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > maxKeys) {
    throw new ConfigurationError(field, `takes a list of 1 to ${maxKeys} keys`);
  }
  const parsed = keys.map((key, index) => parseKey(`${field}[${index}]`, key));
  if (new Set(parsed.map((bytes) => bytes.join())).size < parsed.length) {
    throw new ConfigurationError(field, "holds the same key twice");
  }
  return parsed;
}
