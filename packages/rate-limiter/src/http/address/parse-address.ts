import ipaddr from "ipaddr.js";

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The longest text that can be an address, with brackets, zone and port. */
const longest = 80;

/** How an IPv4 client appears behind a translator (RFC 6052). */
const translated = ipaddr.IPv6.parseCIDR("64:ff9b::/96");

/**
 * Reads an address as a socket or a proxy writes it, and drops its port and zone: `192.0.2.7`, `192.0.2.7:80`,
 * `2001:db8::7`, `[2001:db8::7]:80`, `fe80::7%eth0`.
 *
 * An IPv6 address that stands for an IPv4 address becomes that address. Otherwise one caller would have two addresses, and
 * all IPv4 callers behind a translator would be one network.
 *
 * @returns undefined for anything else, including octal, hexadecimal and shortened forms of IPv4
 */
export function parseAddress(text: string): Address | undefined {
  if (text.length > longest) return undefined;
  const bare = withoutPort(text).replace(/%[^%]*$/, "");
  try {
    return bare.includes(":") ? parseIpv6(bare) : parseIpv4(bare);
  } catch {
    return undefined;
  }
}

/** Four decimal numbers only. Other forms are octal, hexadecimal or shortened to some readers and not to others. */
function parseIpv4(text: string): Address | undefined {
  return /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){3}$/.test(text) ? ipaddr.IPv4.parse(text) : undefined;
}

function parseIpv6(text: string): Address | undefined {
  const end = text.slice(text.lastIndexOf(":") + 1);
  if (end.includes(".") && parseIpv4(end) === undefined) return undefined;
  const address = ipaddr.IPv6.parse(text);
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address.match(translated) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address;
}

function withoutPort(text: string): string {
  if (!text.startsWith("[")) return text.replace(/^([\d.]+):\d{1,5}$/, "$1");
  const [, bracketed = ""] = /^\[([^[\]]*)\](?::\d{1,5})?$/.exec(text) ?? [];
  return bracketed.includes(":") ? bracketed : "";
}
