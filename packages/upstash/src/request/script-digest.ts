const digests = new Map<string, string>();
const encoder = new TextEncoder();

/** The SHA-1 by which Redis knows a script. Each text is hashed once; from then on its digest is available at once. */
export function scriptDigest(text: string): string | Promise<string> {
  return digests.get(text) ?? hash(text);
}

async function hash(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-1", encoder.encode(text)));
  const digest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  digests.set(text, digest);
  return digest;
}
