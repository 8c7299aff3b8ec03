import ipaddr from "ipaddr.js";
import type { Address } from "./parse-address.ts";

/**
 * The name of the network that one caller controls: an IPv4 address, or the first `prefix` bits of an IPv6 address, since a
 * subscriber has at least 2^64 of those. Each network has exactly one name.
 */
export function networkOf(address: Address, prefix: number): string {
  if (address.kind() === "ipv4") return address.toString();
  const { parts } = address as ipaddr.IPv6;
  if (prefix === 128) return new ipaddr.IPv6(parts).toRFC5952String();
  const network = parts.map((part, index) => part & (0xffff << Math.min(16, Math.max(0, 16 * (index + 1) - prefix))));
  return `${new ipaddr.IPv6(network).toRFC5952String()}/${prefix}`;
}
