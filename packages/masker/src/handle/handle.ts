import { MaskerError } from "../errors.ts";
import { isTokenType } from "../tokens/token-type.ts";
import { areEqualBytes, fromBase64Url, toBase64Url } from "./base64-url.ts";
import { type NumberRange, TokenSet } from "./token-set.ts";

/** What may be restored, and where. */
export interface HandleContents {
  /** Names the scope without telling it: a digest in letters, digits, `-` and `_`. */
  readonly scope: string;
  readonly tokens: TokenSet;
}

/** The code that only holders of the key can compute of these bytes. */
export type Authenticate = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** Longer ones are refused before anything is looked at: about 300,000 numbers with gaps between them. */
export const MAX_HANDLE_LENGTH = 1 << 20;

const VERSION = "kw1";
const SCOPE = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * Writes what may be restored as text that JSON, a URL, a header and a cookie carry as it is. It holds no original.
 *
 * `kw1~<scope>~<type>.<range>.<range>~<type>.<range>~<code>`: a range is the distance from the number before it and, where
 * it spans more than one number, `-` and how many more, in base 36. The code is empty without `authenticate`.
 *
 * @throws {MaskerError} `HANDLE_INVALID` if it would be longer than a reader accepts.
 */
export async function encodeHandle(contents: HandleContents, authenticate?: Authenticate): Promise<string> {
  if (!SCOPE.test(contents.scope)) throw new RangeError("a handle's scope is 1 to 128 of A-Z, a-z, 0-9, - and _");
  const types = contents.tokens.types.map((type) => writeType(type, contents.tokens.rangesOf(type)));
  const body = [VERSION, contents.scope, ...types].join("~");
  const code = authenticate === undefined ? "" : toBase64Url(await authenticate(new TextEncoder().encode(body)));
  const handle = `${body}~${code}`;
  if (handle.length > MAX_HANDLE_LENGTH) {
    throw new MaskerError(
      "HANDLE_INVALID",
      "the handle would name more tokens than it can hold; mask in smaller parts",
    );
  }
  return handle;
}

/**
 * Reads what {@link encodeHandle} wrote with the same `authenticate`. Time and memory are linear in the handle's length,
 * whatever numbers it names.
 *
 * @throws {MaskerError} `HANDLE_INVALID` for one that is tampered with, cut, too long, of another version or another key.
 */
export async function decodeHandle(handle: string, authenticate?: Authenticate): Promise<HandleContents> {
  if (typeof handle !== "string") throw invalid("it is not a string");
  if (handle.length > MAX_HANDLE_LENGTH) throw invalid("it is too long");
  if (!handle.startsWith(`${VERSION}~`)) throw invalid("it is none, or of another version");
  const end = handle.lastIndexOf("~");
  const body = handle.slice(0, end);
  await checkCode(body, handle.slice(end + 1), authenticate);

  const [, scope, ...types] = body.split("~");
  if (scope === undefined || !SCOPE.test(scope)) throw invalid("it names no scope");
  const ranges = new Map<string, readonly NumberRange[]>();
  for (const entry of types) {
    const [type = "", ...list] = entry.split(".");
    if (!isTokenType(type) || ranges.has(type)) throw invalid("it names a type that can't be one");
    ranges.set(type, readRanges(list));
  }
  return { scope, tokens: TokenSet.ofRanges(ranges) };
}

/**
 * What either of two handles of one scope may restore: for a conversation that goes on.
 *
 * @throws {MaskerError} `SCOPE_MISMATCH` if their scopes differ.
 */
export function mergeHandles(one: HandleContents, other: HandleContents): HandleContents {
  if (one.scope !== other.scope) {
    throw new MaskerError("SCOPE_MISMATCH", "the handles belong to different scopes; restore each within its own");
  }
  return { scope: one.scope, tokens: one.tokens.union(other.tokens) };
}

async function checkCode(body: string, text: string, authenticate: Authenticate | undefined): Promise<void> {
  if (authenticate === undefined) {
    if (text !== "") throw invalid("it was made with a key, and there is none to check it with");
    return;
  }
  const expected = await authenticate(new TextEncoder().encode(body));
  const code = fromBase64Url(text);
  if (code === undefined || !areEqualBytes(code, expected)) throw invalid("it was changed, or made with another key");
}

function writeType(type: string, ranges: readonly NumberRange[]): string {
  let previous = 0;
  const written = ranges.map(({ first, last }) => {
    const distance = (first - previous).toString(36);
    previous = last;
    return last === first ? distance : `${distance}-${(last - first).toString(36)}`;
  });
  return [type, ...written].join(".");
}

const RANGE = /^([1-9a-z][0-9a-z]{0,10})(?:-([1-9a-z][0-9a-z]{0,10}))?$/;

function readRanges(list: readonly string[]): readonly NumberRange[] {
  if (list.length === 0) throw invalid("it names a type without numbers");
  let previous = 0;
  return list.map((written) => {
    const match = RANGE.exec(written);
    const first = previous + Number.parseInt(match?.[1] ?? "", 36);
    const last = first + (match?.[2] === undefined ? 0 : Number.parseInt(match[2], 36));
    if (!Number.isSafeInteger(last)) throw invalid("it names a number that can't be one");
    previous = last;
    return { first, last };
  });
}

function invalid(reason: string): MaskerError {
  return new MaskerError("HANDLE_INVALID", `the handle can't be used: ${reason}. Pass the one that mask returned.`);
}
