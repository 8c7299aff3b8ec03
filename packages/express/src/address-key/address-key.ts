import { type ClientAddressOptions, createClientAddress, type RequestOrigin } from "@keyward/rate-limiter";
import type { Request } from "express";
import { checkTrustProxy, warnOfUntrustedProxy } from "./trust-proxy.ts";

export interface AddressKeyOptions extends ClientAddressOptions {
  /**
   * Proxies whose word is taken for whom they had a request from: their addresses and CIDR ranges, or how many of them there are.
   *
   * @default the app's `trust proxy` setting
   */
  readonly trustedProxies?: number | readonly string[];
}

/**
 * Makes the key of callers who are known by their address alone: `request.ip` as the app's `trust proxy` setting has it, and of
 * IPv6 the network. What `rateLimit` goes by unless it is told otherwise.
 *
 * The key function throws `ConfigurationError` where the setting trusts everybody, since every caller could then choose its
 * own address, and `RateLimitError` with `CLIENT_ADDRESS_UNKNOWN` where a request shows no address.
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
