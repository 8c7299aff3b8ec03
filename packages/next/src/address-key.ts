import { ConfigurationError, ownOptions } from "@keyward/core";
import { type ClientAddressOptions, createClientAddress } from "@keyward/rate-limiter";

export interface AddressKeyOptions extends Omit<ClientAddressOptions, "trustedProxies"> {
  /**
   * The one header that your platform or proxy writes and callers can't: `"cf-connecting-ip"` behind Cloudflare,
   * `"x-vercel-forwarded-for"` on Vercel, `"x-real-ip"` or `"x-forwarded-for"` behind a proxy of your own.
   */
  readonly header: string;
  /** How many proxies add to it: with 2, the caller is the second address from the right. @default 1 */
  readonly trustedProxies?: number;
}

/**
 * Makes a function that identifies callers by their address. A Fetch request doesn't show the address of its connection, so
 * there is no default: which header can be trusted depends on what stands in front of the app.
 *
 * The function throws a `RateLimitError` with `CLIENT_ADDRESS_UNKNOWN` if the header holds no such address: callers without
 * an address never share a limit.
 *
 * @throws {ConfigurationError} naming the option that can't be used.
 */
export function createAddressKey(options: AddressKeyOptions): (request: Request) => string {
  const { header, trustedProxies = 1, ...rest } = ownOptions("options", options);
  if (typeof header !== "string") {
    throw new ConfigurationError(
      "header",
      "must be the name of the header that your platform writes, such as x-real-ip",
    );
  }
  if (!(Number.isSafeInteger(trustedProxies) && trustedProxies > 0)) {
    throw new ConfigurationError(
      "trustedProxies",
      "must be a whole number of proxies, 1 or more; a Fetch request doesn't show the address of its connection",
    );
  }
  const clientAddress = createClientAddress({ ...rest, header, trustedProxies });
  return ({ headers }) => clientAddress({ header: (name) => headers.get(name) });
}
