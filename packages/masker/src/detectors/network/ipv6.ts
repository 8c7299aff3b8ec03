import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, DIGIT, HEX } from "../../matcher/char-class.ts";
import { repeat, trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { atWordStart, NOT_ESCAPE_LETTER } from "../word-start.ts";
import { isIpv6 } from "./parse-ipv6.ts";

const GROUP = "[0-9A-Fa-f]{1,4}";
const DOTTED = String.raw`(?:\.[0-9]{1,3}){3}`;
/** What may be an address; how many groups it has is counted afterwards. */
const ADDRESS = `(?:${GROUP}(?::{1,2}${GROUP}){1,7}(?:${DOTTED}|::(?!:))?|${GROUP}::(?![:0-9A-Za-z])|::${GROUP}(?::${GROUP}){0,6}(?:${DOTTED})?)`;
const BEGIN = String.raw`${NOT_ESCAPE_LETTER}(?<![:.])(?<!\w\[)`;
const END = String.raw`(?!:?[0-9A-Za-z]|\.[0-9])`;

const group = repeat(HEX, 1, 4);
/**
 * Shapes that are rare elsewhere: neither `std::cout` nor `12:34:56` has one. Eight groups; a `::` beside a digit, behind
 * two groups, behind a link-local or a local prefix, or behind four hex digits; a `::` and a group and a colon.
 */
const TRIGGERS = [
  trigger([HEX, ":", group, ":", group, ":", group, ":", group, ":", group, ":", HEX]),
  trigger([DIGIT, "::"]),
  trigger(["::", DIGIT]),
  trigger([":", group, "::"]),
  trigger(["::", group, ":"]),
  trigger([charClass("fF"), charClass("c-fC-F"), HEX, HEX, "::"]),
  ...atWordStart(repeat(HEX, 4), "::"),
];
const START = { at: "run", of: charClass("0-9A-Fa-f:"), max: 45 } as const;

/** Slices such as `[::2]` have the shape too: an address has three hex digits, or is the loopback. */
const isAddress = (value: string): boolean =>
  (value === "::1" || value.replace(/[^0-9A-Fa-f]/g, "").length > 2) && isIpv6(value);

const isNetwork = (value: string): boolean => isIpv6(value.slice(0, value.indexOf("/")));

/** IPv6 addresses in every form, with their zone, and networks as one value. */
export function ipv6(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "NET_IPV6",
      triggers: TRIGGERS,
      start: START,
      pattern: sticky(String.raw`${BEGIN}${ADDRESS}(?:%[A-Za-z0-9._-]{0,15}[A-Za-z0-9])?${END}`),
      validate: isAddress,
    },
    {
      kind: "shape",
      type: "NET_CIDR",
      triggers: TRIGGERS,
      start: START,
      pattern: sticky(`${BEGIN}${ADDRESS}/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9])(?![0-9])`),
      validate: isNetwork,
    },
  ];
}
