const longest = 256;

/**
 * Names callers in this process's maps: a long key by its SHA-256, where the runtime has it at once. Whoever makes up keys of
 * megabytes, such as in a header, fills no memory with them. The digest stands behind half a surrogate pair, which no key holds.
 */
export function shortKey(key: string): string {
  if (key.length <= longest) return key;
  const node = globalThis.process?.getBuiltinModule?.("node:crypto");
  return node === undefined ? key : `\ud800${node.createHash("sha256").update(key).digest("base64")}`;
}
