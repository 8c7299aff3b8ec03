import ipaddr from "ipaddr.js";
import type { Address } from "./parse-address.ts";

/**
 * The name of what one caller has: an IPv4 address, or the IPv6 network of `prefix` bits around the address, as a subscriber
 * has at least 2^64 of them. One network has one name.
 */
export function networkOf(address: Address, prefix: number): string {
  if (address.kind() === "ipv4") return address.toString();
  const { parts } = address as ipaddr.IPv6;
  if (prefix === 128) return new ipaddr.IPv6(parts).toRFC5952String();
  const network = parts.map((part, index) => part & (0xffff << Math.min(16, Math.max(0, 16 * (index + 1) - prefix))));
  return `${new ipaddr.IPv6(network).toRFC5952String()}/${prefix}`;
}
