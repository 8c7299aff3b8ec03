import { RateLimitError } from "../../errors.ts";
import { type AddressRange, isWithin } from "./address-range.ts";
import { type ClientAddressOptions, resolveClientAddressOptions } from "./client-address-options.ts";
import { type ForwardedAddresses, forwardedAddresses, listedAddresses } from "./forwarded-addresses.ts";
import { networkOf } from "./network-of.ts";
import { type Address, parseAddress } from "./parse-address.ts";

/** Where a request came from. */
export interface RequestOrigin {
  /** The address at the other end of the connection. Left out if the runtime doesn't tell. */
  readonly socketAddress?: string | undefined;
  /** The value of a header by its lower-case name, repeated headers joined with commas. Called only for the trusted header. */
  readonly header: (name: string) => string | null | undefined;
}

/**
 * Reads whom a request is from, as a key for a limiter: the address `"203.0.113.7"`, or the network `"2001:db8:1:2::/64"`.
 *
 * @throws {RateLimitError} `CLIENT_ADDRESS_UNKNOWN` if the address can't be determined: such callers mustn't share one limit.
 */
export type ClientAddress = (origin: RequestOrigin) => string;

/**
 * Makes a function that identifies callers by their address.
 *
 * A header is believed only as far as your own proxies wrote it: the client is the first address from the right that isn't a
 * proxy's. Without `trustedProxies` it is the socket's address, whatever a header says.
 *
 * @example
 * ```ts
 * const clientAddress = createClientAddress({ trustedProxies: ["10.0.0.0/8"] });
 * const key = clientAddress({ socketAddress: "10.0.0.2", header: () => "198.51.100.9, 203.0.113.7" }); // "203.0.113.7"
 * ```
 * @throws {ConfigurationError} naming the option that can't be used.
 */
export function createClientAddress(options: ClientAddressOptions = {}): ClientAddress {
  const { trusted, header, ipv6Prefix } = resolveClientAddressOptions(options);
  const read = header === "forwarded" ? forwardedAddresses : listedAddresses;
  return ({ socketAddress, header: headerOf }) => {
    const forwarded = (): ForwardedAddresses => read(headerOf(header) ?? "");
    const address =
      typeof trusted === "number"
        ? afterHops(socketAddress, forwarded, trusted, header)
        : outsideOf(socketAddress, forwarded, trusted, header);
    return networkOf(address, ipv6Prefix);
  };
}

/** The address from which the outermost of `hops` proxies received the request. */
function afterHops(
  socketAddress: string | undefined,
  forwarded: () => ForwardedAddresses,
  hops: number,
  header: string,
): Address {
  if (hops === 0) return known(socketAddress, "its socket has no readable address");
  let passed = 0;
  for (const text of forwarded()) {
    passed += 1;
    if (passed === hops) return known(text, `${header} holds no address in place ${hops} from the right`);
  }
  throw unknown(
    `${header} names ${passed} addresses, but with ${hops} trusted proxies it should name at least as many`,
  );
}

/** The nearest address that isn't a trusted proxy's, or the farthest if all of them are. */
function outsideOf(
  socketAddress: string | undefined,
  forwarded: () => ForwardedAddresses,
  trusted: readonly AddressRange[],
  header: string,
): Address {
  const isTrusted = (address: Address) => trusted.some((range) => isWithin(address, range));
  const peer = known(socketAddress, "its socket has no readable address");
  if (!isTrusted(peer)) return peer;
  let farthest: Address | undefined;
  for (const text of forwarded()) {
    farthest = known(text, `a trusted proxy wrote something that isn't an address into ${header}`);
    if (!isTrusted(farthest)) return farthest;
  }
  if (farthest === undefined) throw unknown(`a trusted proxy sent the request without ${header}`);
  return farthest;
}

function known(text: string | undefined, otherwise: string): Address {
  const address = text === undefined ? undefined : parseAddress(text);
  if (address === undefined) throw unknown(otherwise);
  return address;
}

function unknown(reason: string): RateLimitError {
  return new RateLimitError(
    "CLIENT_ADDRESS_UNKNOWN",
    `the address of the request's client is unknown: ${reason}; compare trustedProxies and header with what your proxies send`,
  );
}
