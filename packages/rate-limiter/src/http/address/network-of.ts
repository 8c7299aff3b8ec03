import ipaddr from "ipaddr.js";
import type { Address } from "./parse-address.ts";

/**
 * The name of what one caller has: an IPv4 address, or the IPv6 network of `prefix` bits around the address, as a subscriber
 * has at least 2^64 of them. One network has one name.
 */
export function networkOf(address: Address, prefix: number): string {
  if (address.kind() === "ipv4") return address.toString();
  if (prefix === 128) return (address as ipaddr.IPv6).toRFC5952String();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${prefix}`).toRFC5952String()}/${prefix}`;
}
