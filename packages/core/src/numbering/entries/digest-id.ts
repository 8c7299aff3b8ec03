/** How many digests are computed at once: enough to keep the platform busy, few enough for memory. */
const together = 256;

/** Returns the ids of values under the default index: base64url of SHA-256 over the UTF-16 code units, low byte first. */
export async function digestIds(values: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (let first = 0; first < values.length; first += together) {
    ids.push(...(await Promise.all(values.slice(first, first + together).map(digestId))));
  }
  return ids;
}

async function digestId(value: string): Promise<string> {
  const units = new DataView(new ArrayBuffer(value.length * 2));
  for (let place = 0; place < value.length; place += 1) units.setUint16(place * 2, value.charCodeAt(place), true);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", units.buffer as ArrayBuffer));
  return btoa(String.fromCharCode(...digest)).replace(
    /[+/=]/g,
    (character) => ({ "+": "-", "/": "_" })[character] ?? "",
  );
}
