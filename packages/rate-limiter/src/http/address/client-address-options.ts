import { ConfigurationError, ownOptions } from "@keyward/core";
import { type AddressRange, readAddressRange } from "./address-range.ts";

export interface ClientAddressOptions {
  /**
   * The proxies that are trusted to say whom they received a request from: their addresses and CIDR ranges, or how many of
   * them a request passes through. A number is safe only if nobody can reach the server around them.
   *
   * @default none: headers are ignored
   */
  readonly trustedProxies?: number | readonly string[];
  /**
   * The one header that these proxies write or overwrite: `"forwarded"` (RFC 7239), `"x-forwarded-for"`, or another that
   * holds an address or a list of them, such as `"cf-connecting-ip"`. Needs `trustedProxies`.
   *
   * @default "x-forwarded-for"
   */
  readonly header?: string;
  /** How many bits of an IPv6 address identify a caller; 128 counts each address by itself. @default 64 */
  readonly ipv6Prefix?: number;
}

export interface ResolvedClientAddressOptions {
  readonly trusted: number | readonly AddressRange[];
  /** In lower case. */
  readonly header: string;
  readonly ipv6Prefix: number;
}

/** @throws {ConfigurationError} naming the option that can't be used. */
export function resolveClientAddressOptions(given: ClientAddressOptions): ResolvedClientAddressOptions {
  const options = ownOptions("options", given, ["trustedProxies", "header", "ipv6Prefix"]);
  const { trustedProxies = 0, header = "x-forwarded-for", ipv6Prefix = 64 } = options;
  if (typeof header !== "string" || !/^[\w-]+$/.test(header)) {
    throw new ConfigurationError("header", "must be the name of one header, such as x-forwarded-for");
  }
  if (options.header !== undefined && options.trustedProxies === undefined) {
    throw new ConfigurationError(
      "trustedProxies",
      `must say which proxies write ${header}; without it no header is read`,
    );
  }
  if (!(Number.isSafeInteger(ipv6Prefix) && ipv6Prefix >= 16 && ipv6Prefix <= 128)) {
    throw new ConfigurationError("ipv6Prefix", "must be a whole number of bits from 16 to 128");
  }
  return { trusted: resolveTrusted(trustedProxies), header: header.toLowerCase(), ipv6Prefix };
}

function resolveTrusted(trustedProxies: unknown): number | readonly AddressRange[] {
  if (Array.isArray(trustedProxies)) {
    return trustedProxies.map((range, index) => readAddressRange(`trustedProxies[${index}]`, range));
  }
  if (Number.isSafeInteger(trustedProxies) && (trustedProxies as number) >= 0) return trustedProxies as number;
  throw new ConfigurationError(
    "trustedProxies",
    "must be the number of proxies that a request passes, or a list of their addresses and CIDR ranges; trusting everybody would let callers choose their own address",
  );
}
