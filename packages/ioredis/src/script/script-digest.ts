import { createHash } from "node:crypto";

const digests = new Map<string, string>();

/** The SHA-1 by which Redis knows a script. Each text is hashed only once. */
export function scriptDigest(lua: string): string {
  let digest = digests.get(lua);
  if (digest === undefined) {
    digest = createHash("sha1").update(lua).digest("hex");
    digests.set(lua, digest);
  }
  return digest;
}
