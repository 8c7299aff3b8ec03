import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, DIGIT, notIn } from "../../matcher/char-class.ts";
import { repeat, trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";

const OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
/** The source of a pattern for a dotted address. */
const IPV4 = String.raw`${OCTET}(?:\.${OCTET}){3}`;

/** Four numbers that are a version: `version 1.2.3.4`, `Version=4.0.0.0`, `Chrome/120.0.0.0`. */
const NOT_A_VERSION =
  String.raw`(?<!(?:[Vv]ersion|VERSION|[Rr]elease|[Bb]uild|ver\.?)["']?[ :=]{1,3}["']?)` +
  String.raw`(?<!(?:Chrome|Chromium|CriOS|Edg|EdgA|EdgiOS|OPR|YaBrowser|Version|Electron|Vivaldi|SamsungBrowser|Firefox)/)`;
/** No further group on either side, as object ids and longer versions have. */
const BEGIN = String.raw`(?<![0-9.])${NOT_A_VERSION}`;
const END = String.raw`(?![0-9]|\.[0-9]|-(?:alpha|beta|rc|snapshot|SNAPSHOT|dev|preview|release))`;

const DOTTED_UNIT = charClass("0-9.");
const octet = repeat(DIGIT, 1, 3);
// From the beginning of the run only, so that a long one fires once.
const BEFORE = { before: notIn(DOTTED_UNIT) };
const THREE_OCTETS = [octet, ".", octet, ".", octet, "."];

/** IPv4 addresses, and networks such as `10.0.0.0/16` as one value. */
export function ipv4(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "NET_IPV4",
      triggers: [trigger([...THREE_OCTETS, DIGIT], BEFORE)],
      start: { at: "run", of: DOTTED_UNIT, max: 15 },
      pattern: sticky(BEGIN + IPV4 + END),
    },
    {
      kind: "shape",
      type: "NET_CIDR",
      triggers: [trigger([...THREE_OCTETS, octet, "/", DIGIT], BEFORE)],
      start: { at: "run", of: DOTTED_UNIT, max: 17 },
      pattern: sticky(`${BEGIN + IPV4}/(?:3[0-2]|[12]?[0-9])(?![0-9]|[.][0-9])`),
    },
  ];
}
