/** What a request's target says, undone of its encoding; bytes that aren't UTF-8 stay as they are. */
export interface Target {
  /** Between the slashes: `/set/foo/bar` has three. The root has none. */
  readonly segments: readonly Buffer[];
  /** The query, name and value in turn, without `_token`; an empty value isn't there, so that `?NX` is one word. */
  readonly words: readonly Buffer[];
  readonly token: string | undefined;
}

/** Never throws: whatever isn't a valid escape is taken literally. */
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

// node:http hands a target over with one character per byte.
function unescapeBytes(text: string): Buffer {
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1");
}
