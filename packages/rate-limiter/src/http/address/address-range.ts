import { ConfigurationError } from "@keyward/core";
import ipaddr from "ipaddr.js";
import { type Address, parseAddress } from "./parse-address.ts";

/** All addresses that share the first `prefix` bits of `network`. */
export interface AddressRange {
  readonly network: Address;
  readonly prefix: number;
}

/**
 * Reads an address or a CIDR range, such as `10.0.0.0/8` or `fd00::/8`.
 *
 * @throws {ConfigurationError} naming `field`, for anything else, and for a range of all addresses: trusting everybody would
 * let every caller choose its own address.
 */
export function readAddressRange(field: string, text: unknown): AddressRange {
  const [, start = "", length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(String(text)) ?? [];
  const network = ipaddr.isValid(start) ? parseAddress(start) : undefined;
  const bits = network?.kind() === "ipv4" ? 32 : 128;
  const prefix = Number(length ?? bits);
  const isMapped = start.includes(":") && network?.kind() === "ipv4";
  if (network === undefined || prefix > bits || (isMapped && length !== undefined)) {
    throw new ConfigurationError(
      field,
      "must be an address or a CIDR range, such as 192.0.2.7, 10.0.0.0/8 or fd00::/8",
    );
  }
  if (prefix === 0) {
    throw new ConfigurationError(
      field,
      "trusts every address, which lets callers choose their own; name only the addresses of your proxies",
    );
  }
  return { network, prefix };
}

export function isWithin(address: Address, { network, prefix }: AddressRange): boolean {
  return address.kind() === network.kind() && address.match(network, prefix);
}
