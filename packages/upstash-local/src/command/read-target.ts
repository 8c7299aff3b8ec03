/** The decoded parts of a request's target. Bytes that aren't UTF-8 stay as they are. */
export interface Target {
  /** The parts between the slashes: `/set/foo/bar` has three, and the root has none. */
  readonly segments: readonly Buffer[];
  /** The query, names and values in turn, without `_token`. An empty value is left out, so `?NX` is one word. */
  readonly words: readonly Buffer[];
  readonly token: string | undefined;
}

/** Never throws, because an invalid escape is taken literally. */
export function readTarget(url: string): Target {
  const [path = "", ...rest] = url.replace(/^https?:\/\/[^/?]*/i, "").split("?");
  const segments = path.split("/").slice(1);
  let token: string | undefined;
  const words: Buffer[] = [];
  for (const pair of rest.join("?").split("&")) {
    const [name = "", ...values] = pair.split("=");
    const value = unescapeBytes(values.join("=").replaceAll("+", " "));
    if (name === "_token") {
      token = value.toString();
      continue;
    }
    if (name !== "") words.push(unescapeBytes(name.replaceAll("+", " ")));
    if (value.length > 0) words.push(value);
  }
  return { segments: segments.join("") === "" ? [] : segments.map(unescapeBytes), words, token };
}

// node:http passes the target with one character per byte.
function unescapeBytes(text: string): Buffer {
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1");
}
