import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, digit, notIn } from "../../matcher/char-class.ts";
import { repeat, trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";

const octetPattern = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
/** The source of a pattern for a dotted address. */
const addressPattern = String.raw`${octetPattern}(?:\.${octetPattern}){3}`;

/** Rejects four numbers that are a version: `version 1.2.3.4`, `Version=4.0.0.0`, `Chrome/120.0.0.0`. */
const notAVersion =
  String.raw`(?<!(?:[Vv]ersion|VERSION|[Rr]elease|[Bb]uild|ver\.?)["']?[ :=]{1,3}["']?)` +
  String.raw`(?<!(?:Chrome|Chromium|CriOS|Edg|EdgA|EdgiOS|OPR|YaBrowser|Version|Electron|Vivaldi|SamsungBrowser|Firefox)/)`;
/** Rejects further groups on either side, as in object ids and longer versions. */
const addressStart = String.raw`(?<![0-9.])${notAVersion}`;
const addressEnd = String.raw`(?![0-9]|\.[0-9]|-(?:alpha|beta|rc|snapshot|SNAPSHOT|dev|preview|release))`;

const dottedUnit = charClass("0-9.");
const octet = repeat(digit, 1, 3);
// Only from the beginning of the run, so that a long run fires once.
const before = { before: notIn(dottedUnit) };
const threeOctets = [octet, ".", octet, ".", octet, "."];

/** IPv4 addresses, and networks such as `10.0.0.0/16` as a single value. */
export function ipv4(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "NET_IPV4",
      triggers: [trigger([...threeOctets, digit], before)],
      start: { at: "run", of: dottedUnit, max: 15 },
      pattern: sticky(addressStart + addressPattern + addressEnd),
    },
    {
      kind: "shape",
      type: "NET_CIDR",
      triggers: [trigger([...threeOctets, octet, "/", digit], before)],
      start: { at: "run", of: dottedUnit, max: 17 },
      pattern: sticky(`${addressStart + addressPattern}/(?:3[0-2]|[12]?[0-9])(?![0-9]|[.][0-9])`),
    },
  ];
}
