import { type ClientAddressOptions, createClientAddress, type RequestOrigin } from "@keyward/rate-limiter";
import type { Request } from "express";
import { checkTrustProxy, warnOfUntrustedProxy } from "./trust-proxy.ts";

export interface AddressKeyOptions extends ClientAddressOptions {
  /**
   * The proxies that are trusted to say whom they received a request from: their addresses and CIDR ranges, or how many there
   * are.
   *
   * @default the app's `trust proxy` setting
   */
  readonly trustedProxies?: number | readonly string[];
}

/**
 * Makes a function that identifies callers by their address: by `request.ip`, which follows the app's `trust proxy` setting, and
 * for IPv6 by its network. It is the default `key` of `rateLimit`.
 *
 * The function throws a `ConfigurationError` if the setting trusts everybody, since every caller could then choose its own
 * address, and a `RateLimitError` with `CLIENT_ADDRESS_UNKNOWN` if a request shows no address.
 *
 * @throws {ConfigurationError} naming the option that can't be used.
 */
export function createAddressKey(options: AddressKeyOptions = {}): (request: Request) => string {
  const clientAddress = createClientAddress(options);
  if (options.trustedProxies !== undefined || options.header !== undefined) {
    return (request) => clientAddress(originOf(request));
  }
  return (request) => {
    checkTrustProxy(request.app);
    warnOfUntrustedProxy(request);
    return clientAddress({ socketAddress: request.ip, header: () => undefined });
  };
}

function originOf({ socket, headers }: Request): RequestOrigin {
  return {
    socketAddress: socket.remoteAddress,
    header(name) {
      const value = headers[name];
      return Array.isArray(value) ? value.join(",") : value;
    },
  };
}
