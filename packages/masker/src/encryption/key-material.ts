import { ConfigurationError } from "@keyward/core";
import { fromBase64Url } from "../encoding/base64-url.ts";

/** 32 random bytes, as bytes or in base64, base64url or hexadecimal. */
export type Key = string | Uint8Array;

const keyBytes = 32;
const hint = "32 random bytes in base64, base64url or hex; make one with: openssl rand -base64 32";

/** Reads a key. @throws {ConfigurationError} for a malformed one, without repeating any of it */
export function parseKey(field: string, key: Key | undefined): Uint8Array<ArrayBuffer> {
  if (key === undefined || key === "") throw new ConfigurationError(field, `is missing; the key must be ${hint}`);
  const bytes = typeof key === "string" ? decodeKey(key.trim()) : key instanceof Uint8Array ? key : undefined;
  if (bytes === undefined) throw new ConfigurationError(field, `is not a key; it must be ${hint}`);
  if (bytes.length !== keyBytes) {
    throw new ConfigurationError(field, `has ${bytes.length} bytes instead of 32; the key must be ${hint}`);
  }
  if (bytes.every((byte) => byte === bytes[0])) {
    throw new ConfigurationError(field, `is one byte repeated; the key must be ${hint}`);
  }
  return Uint8Array.from(bytes);
}

function decodeKey(text: string): Uint8Array | undefined {
  if (/^[0-9a-fA-F]{64}$/.test(text)) {
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  }
  return fromBase64Url(
    text
      .replace(/={1,2}$/, "")
      .replaceAll("+", "-")
      .replaceAll("/", "_"),
  );
}
