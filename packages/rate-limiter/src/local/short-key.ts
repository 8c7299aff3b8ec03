const longest = 256;

/**
 * The name of a caller in this process's maps: the key itself, or the SHA-256 of a long key where the runtime hashes
 * synchronously. So nobody can fill the memory with keys of megabytes, sent in a header for instance. The digest is prefixed
 * with half a surrogate pair, which no key contains.
 */
export function shortKey(key: string): string {
  if (key.length <= longest) return key;
  const node = globalThis.process?.getBuiltinModule?.("node:crypto");
  return node === undefined ? key : `\ud800${node.createHash("sha256").update(key).digest("base64")}`;
}
