/**
 * Whether `value` is an IPv6 address: eight groups, or fewer around one `::`; the last two may be a dotted address. A
 * zone (`%eth0`) is left out of account.
 */
export function isIpv6(value: string): boolean {
  const [address = ""] = value.split("%", 1);
  const halves = address.split("::");
  if (halves.length > 2) return false;
  const counts = halves.map((half, index) => countGroups(half, index === halves.length - 1));
  if (counts.some((count) => Number.isNaN(count))) return false;
  const groups = counts.reduce((sum, count) => sum + count, 0);
  return halves.length === 2 ? groups <= 7 : groups === 8;
}

/** How many 16-bit groups a colon-separated part stands for; NaN if it isn't one. The last part may end dotted. */
function countGroups(part: string, isLast: boolean): number {
  if (part === "") return 0;
  const groups = part.split(":");
  return groups.reduce((sum, group, index) => {
    if (/^[0-9A-Fa-f]{1,4}$/.test(group)) return sum + 1;
    return isLast && index === groups.length - 1 && isDotted(group) ? sum + 2 : Number.NaN;
  }, 0);
}

function isDotted(group: string): boolean {
  const octets = group.split(".");
  return octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256);
}
