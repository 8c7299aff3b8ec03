import { isDigit } from "../../tokens/token-edges.ts";

const colon = 0x3a;
const dot = 0x2e;
const zero = 0x30;

/**
 * Whether `value` is an IPv6 address: eight groups, or fewer around one `::`. The last two may be a dotted address. A zone
 * (`%eth0`) is ignored. It reads each unit once and allocates nothing, because hostile text may ask very often.
 */
export function isIpv6(value: string): boolean {
  const zone = value.indexOf("%");
  const end = zone < 0 ? value.length : zone;
  let groups = 0;
  let hasGap = false;
  let at = 0;
  while (at < end) {
    const begin = at;
    while (at < end && isHexDigit(value.charCodeAt(at))) at++;
    if (at < end && value.charCodeAt(at) === dot) {
      if (!isDottedAddress(value, begin, end)) return false;
      groups += 2;
      break;
    }
    if (at > begin) {
      if (at - begin > 4) return false;
      groups++;
    }
    if (at === end) break;
    if (value.charCodeAt(at) !== colon) return false;
    at++;
    if (at < end && value.charCodeAt(at) === colon) {
      if (hasGap) return false;
      hasGap = true;
      at++;
    } else if (at - 1 === begin || at === end) {
      // A single colon separates groups, so it can't begin or end an address.
      return false;
    }
  }
  return hasGap ? groups <= 7 : groups === 8;
}

function isHexDigit(unit: number): boolean {
  const lower = unit | 0x20;
  return isDigit(unit) || (lower >= 0x61 && lower <= 0x66);
}

/** Whether there are four numbers below 256 with dots between them from `begin` to `end`. */
function isDottedAddress(value: string, begin: number, end: number): boolean {
  let octets = 0;
  let octet = 0;
  let digits = 0;
  for (let at = begin; at <= end; at++) {
    const unit = at === end ? dot : value.charCodeAt(at);
    if (isDigit(unit)) {
      octet = octet * 10 + unit - zero;
      digits++;
    } else if (unit === dot && digits > 0 && digits < 4 && octet < 256) {
      octets++;
      octet = 0;
      digits = 0;
    } else {
      return false;
    }
  }
  return octets === 4;
}
