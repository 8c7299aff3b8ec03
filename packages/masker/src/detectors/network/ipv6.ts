import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, digit, hex, notIn } from "../../matcher/char-class.ts";
import { repeat, trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { atStartAfter, notEscapeLetter } from "../word-start.ts";
import { isIpv6 } from "./parse-ipv6.ts";

const groupPattern = "[0-9A-Fa-f]{1,4}";
const dotted = String.raw`(?:\.[0-9]{1,3}){3}`;
/** What may be an address. The groups are counted afterwards. */
const address = `(?:${groupPattern}(?::{1,2}${groupPattern}){1,7}(?:${dotted}|::(?!:))?|${groupPattern}::(?![:0-9A-Za-z])|::${groupPattern}(?::${groupPattern}){0,6}(?:${dotted})?)`;
const addressStart = String.raw`${notEscapeLetter}(?<![:.])(?<!\w\[)`;
const addressEnd = String.raw`(?!:?[0-9A-Za-z]|\.[0-9])`;

const addressUnit = charClass("0-9A-Fa-f:");
const group = repeat(hex, 1, 4);
/**
 * Shapes that are rare in other text, such as `std::cout` or `12:34:56`: `::` after up to six groups, `::` at the beginning,
 * or seven groups and a digit. Each begins where a run of hex digits and colons begins, so that a long run fires once.
 */
const before = notIn(charClass("0-9A-Za-z_:."));
const groups = (count: number) => Array.from({ length: count }, (_, index) => (index === 0 ? [group] : [":", group]));
const triggers = [
  ...[1, 2, 3, 4, 5, 6].flatMap((count) => atStartAfter(before, ...groups(count), "::")),
  ...atStartAfter(before, "::", hex),
  ...atStartAfter(before, ...groups(7), ":", hex),
];
const longest = 45;

const prefixLength = "/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9])(?![0-9])";

/** Slices such as `[::2]` have the same shape, so an address needs three hex digits unless it is the loopback. */
const isAddress = (value: string): boolean =>
  (value === "::1" || /[0-9A-Fa-f]:*[0-9A-Fa-f]:*[0-9A-Fa-f]/.test(value)) && isIpv6(value);

/** IPv6 addresses in every form, with their zone, and networks as a single value. */
export function ipv6(): readonly ShapeDetector[] {
  // A network in dotted form is rare, and counts as an address with its prefix length.
  const behind = String.raw`(?:%[A-Za-z0-9._-]{0,15}[A-Za-z0-9]|(?<=\.[0-9]{1,3})${prefixLength})?`;
  return [
    {
      kind: "shape",
      type: "NET_IPV6",
      triggers,
      start: { at: "run", of: addressUnit, max: longest },
      pattern: sticky(addressStart + address + behind + addressEnd),
      validate: (value) => isAddress(withoutLength(value)),
    },
    {
      kind: "shape",
      type: "NET_CIDR",
      // A slash and a length are rare enough as a trigger. The walk back begins before the slash, so that it never takes a
      // path for a run.
      triggers: [trigger([":", repeat(hex, 0, 4), "/", digit])],
      start: { at: "run", of: addressUnit, max: longest + 2 },
      pattern: sticky(addressStart + address + prefixLength),
      validate: (value) => isIpv6(withoutLength(value)),
    },
  ];
}

function withoutLength(value: string): string {
  const slash = value.indexOf("/");
  return slash < 0 ? value : value.slice(0, slash);
}
