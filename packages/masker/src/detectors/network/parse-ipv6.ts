/**
 * Whether `value` is an IPv6 address: eight groups, or fewer around one `::`; the last two may be a dotted address. A
 * zone (`%eth0`) is left out of account.
 */
export function isIpv6(value: string): boolean {
  const zone = value.indexOf("%");
  const address = zone < 0 ? value : value.slice(0, zone);
  const gap = address.indexOf("::");
  if (gap < 0) return countGroups(address, true) === 8;
  // A second `::` is an empty group in what follows the first, which isn't counted.
  return countGroups(address.slice(0, gap), false) + countGroups(address.slice(gap + 2), true) <= 7;
}

/** How many 16-bit groups a colon-separated part stands for; NaN if it isn't one. The last part may end dotted. */
function countGroups(part: string, isLast: boolean): number {
  if (part === "") return 0;
  const groups = part.split(":");
  const last = groups[groups.length - 1] ?? "";
  const isDotted = isLast && isDottedAddress(last);
  if (isDotted) groups.pop();
  return groups.every(isGroup) ? groups.length + (isDotted ? 2 : 0) : Number.NaN;
}

function isGroup(group: string): boolean {
  return /^[0-9A-Fa-f]{1,4}$/.test(group);
}

function isDottedAddress(group: string): boolean {
  if (!group.includes(".")) return false;
  const octets = group.split(".");
  return octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256);
}
