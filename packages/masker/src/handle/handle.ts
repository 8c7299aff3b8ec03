import { areEqualBytes, fromBase64Url, toBase64Url } from "../encoding/base64-url.ts";
import { MaskerError } from "../errors.ts";
import { invalidHandle } from "./invalid-handle.ts";
import { NamedTokens } from "./named-tokens.ts";
import { findSealedSet, readSealedSet, writeSealedSet } from "./sealed-set-text.ts";
import { readTokenSet, writeTokenSet } from "./token-set-text.ts";

/** Which tokens may be restored, and in which scope. */
export interface HandleContents {
  /** A digest of the scope, in letters, digits, `-` and `_`. */
  readonly scope: string;
  /**
   * The life of the scope that the numbers belong to: when it began, in milliseconds of the store's clock. 0 if no token
   * has a number.
   */
  readonly born: number;
  readonly tokens: NamedTokens;
}

/** Computes a code over the bytes that only holders of the key can compute. */
export type Authenticate = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** Room for about 300,000 numbers with gaps between them. A longer handle is refused unread. */
export const maxHandleLength = 1 << 20;

const version = "kw1";
const scopeShape = /^[A-Za-z0-9_-]{1,128}$/;
const birthShape = /^(?:0|[1-9a-z][0-9a-z]{0,10})$/;

/**
 * Writes a handle. It needs no escaping in JSON, URLs, headers and cookies, and holds no original in the clear.
 *
 * The format is `kw1~<scope>~<birth>~<tokens>~<code>`, with the birth in base 36 and the tokens as {@link writeTokenSet}
 * and {@link writeSealedSet} write them. Without `authenticate` the code is empty.
 *
 * @throws {MaskerError} `HANDLE_INVALID` if it would be longer than a reader accepts.
 */
export async function encodeHandle(contents: HandleContents, authenticate?: Authenticate): Promise<string> {
  if (!scopeShape.test(contents.scope)) throw new RangeError("a handle's scope is 1 to 128 of A-Z, a-z, 0-9, - and _");
  const body = [
    version,
    contents.scope,
    contents.born.toString(36),
    ...writeTokenSet(contents.tokens.numbered),
    ...writeSealedSet(contents.tokens.sealed),
  ].join("~");
  const code = authenticate === undefined ? "" : toBase64Url(await authenticate(new TextEncoder().encode(body)));
  const handle = `${body}~${code}`;
  if (handle.length > maxHandleLength) {
    throw new MaskerError(
      "HANDLE_INVALID",
      "the handle would have to name more tokens, or carry more sealed originals, than it can hold; mask the text in smaller parts",
    );
  }
  return handle;
}

/**
 * Reads a handle that {@link encodeHandle} wrote with the same `authenticate`. Time and memory are linear in its length,
 * however many numbers it names.
 *
 * @throws {MaskerError} `HANDLE_INVALID` if it was changed, is cut or too long, or has another version or another key.
 */
export async function decodeHandle(handle: string, authenticate?: Authenticate): Promise<HandleContents> {
  if (typeof handle !== "string") throw invalidHandle("it is not a string");
  if (handle.length > maxHandleLength) throw invalidHandle("it is too long");
  if (!handle.startsWith(`${version}~`)) throw invalidHandle("it isn't a handle, or has another version");
  const end = handle.lastIndexOf("~");
  const body = handle.slice(0, end);
  await checkCode(body, handle.slice(end + 1), authenticate);

  const [, scope, birth] = body.split("~", 3);
  if (scope === undefined || !scopeShape.test(scope)) throw invalidHandle("it names no scope");
  const born = birthShape.test(birth ?? "") ? Number.parseInt(birth!, 36) : Number.NaN;
  if (!Number.isSafeInteger(born)) throw invalidHandle("it doesn't say which life of its scope it belongs to");
  const tokens = body.slice([version, scope, birth].join("~").length);
  const numberedEnd = findSealedSet(tokens);
  return {
    scope,
    born,
    tokens: new NamedTokens(readTokenSet(tokens.slice(0, numberedEnd)), readSealedSet(tokens.slice(numberedEnd))),
  };
}

async function checkCode(body: string, text: string, authenticate: Authenticate | undefined): Promise<void> {
  if (authenticate === undefined) {
    if (text !== "") throw invalidHandle("it was made with a key, and there is none to check it with");
    return;
  }
  const expected = await authenticate(new TextEncoder().encode(body));
  const code = fromBase64Url(text);
  if (code === undefined || !areEqualBytes(code, expected))
    throw invalidHandle("it was changed, or made with another key");
}
