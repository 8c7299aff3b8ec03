import { ConfigurationError, checkTimeout } from "@keyward/core";
import type { Redis } from "@upstash/redis";
import { addressOfClient } from "./client-address.ts";

/** A `Redis` client of `@upstash/redis`. */
export type UpstashClient = Pick<Redis, "pipeline" | "use">;

/** Where the store is. */
export interface AddressSource {
  /** The REST address, such as `https://name.upstash.io`. */
  readonly url: string;
  /** The REST token. */
  readonly token: string;
}

/** A client that the app already has. */
export interface ClientSource {
  /**
   * Only its address and token are used. Whatever the client's settings are, the backend makes its own requests, which are sent
   * once and keep each value as it is.
   */
  readonly client: UpstashClient;
}

export interface SharedOptions {
  /**
   * Put before every key and channel, such as `staging:`. Must not contain `{` or `}`, because keys have their own hash tags.
   *
   * @default ""
   */
  readonly prefix?: string;
  /**
   * The longest that an operation may take, including the connection, in milliseconds. Grows by 1 ms for each KiB that is sent,
   * so that a large value isn't given up halfway.
   *
   * @default 800
   */
  readonly timeoutMs?: number;
}

/** An address and a token, or a client; and settings for either. */
export type UpstashBackendOptions = SharedOptions & (AddressSource | ClientSource);

export interface ResolvedOptions {
  readonly address: AddressSource;
  readonly prefix: string;
  readonly timeoutMs: number;
}

/** @throws {ConfigurationError} that names the option but never its value, which may be a secret. */
export function resolveOptions(options: UpstashBackendOptions): ResolvedOptions {
  const { prefix = "", timeoutMs = 800 } = options;
  if (typeof prefix !== "string" || /[{}\r\n]/.test(prefix)) {
    throw new ConfigurationError("prefix", "must be a string without line breaks and without { and }");
  }
  checkTimeout("timeoutMs", timeoutMs);
  return { address: resolveAddress(options), prefix, timeoutMs };
}

function resolveAddress(options: UpstashBackendOptions): AddressSource {
  const { url, token, client } = options as Partial<AddressSource & ClientSource>;
  if (client === undefined) return { url: checkUrl(url), token: checkToken(token) };
  if (url !== undefined || token !== undefined) {
    throw new ConfigurationError(
      "options",
      "can't combine client with url and token; give either the client or the other two",
    );
  }
  const address = addressOfClient(client);
  return { url: checkUrl(address.url), token: checkToken(address.token) };
}

function checkUrl(url: unknown): string {
  const parsed = parseUrl(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new ConfigurationError("url", "must be the store's REST address, such as https://name.upstash.io");
  }
  if (parsed.username !== "" || parsed.password !== "" || parsed.search !== "" || parsed.hash !== "") {
    throw new ConfigurationError("url", "must have nothing but host, port and path; pass the secret as token");
  }
  return parsed.href.replace(/\/+$/, "");
}

function parseUrl(url: unknown): URL | undefined {
  try {
    return new URL(String(url));
  } catch {
    return undefined; // Its error would quote the whole text.
  }
}

function checkToken(token: unknown): string {
  // A header can carry these characters. Any other was copied along by mistake.
  if (typeof token === "string" && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new ConfigurationError("token", "must be the store's REST token, without white space");
}
