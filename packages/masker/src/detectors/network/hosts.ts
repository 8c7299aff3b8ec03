import type { ShapeDetector } from "../../detection/detector.ts";
import { alphanumeric, charClass, digit } from "../../matcher/char-class.ts";
import { repeat, trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { atWordStart, notEscapeLetter } from "../word-start.ts";

const hostNameType = "NET_HOST_NAME";
const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const hostUnit = charClass("A-Za-z0-9.-");
/** Top-level names that only exist in private networks. */
const privateSuffixes = ["internal", "local", "corp", "lan", "intra", "home.arpa"];

/** Host names that clouds make from an address, and hosts under the top-level names of private networks. */
export function hosts(): readonly ShapeDetector[] {
  return [
    {
      // ip-10-0-1-100.ap-northeast-2.compute.internal, ec2-203-0-113-25.compute-1.amazonaws.com
      kind: "shape",
      type: hostNameType,
      priority: 2,
      triggers: ["ip-", "ec2-"].flatMap((prefix) =>
        [1, 2, 3].flatMap((digits) => atWordStart(prefix, repeat(digit, digits), "-", digit)),
      ),
      start: { at: "trigger" },
      // As few labels as possible, here and below. Otherwise the suffix is read as labels first and given back bit by bit.
      pattern: sticky(
        String.raw`(?:ip|ec2)(?:-[0-9]{1,3}){4}(?:(?:\.[a-z0-9-]{2,30}){0,3}?\.(?:internal|amazonaws\.com(?:\.cn)?))?`,
      ),
    },
    ...privateSuffixes.map((suffix): ShapeDetector => {
      // One trigger for both, because `.intra` also ends within `.intranet`.
      const name = suffix === "intra" ? "intra(?:net)?" : suffix.replace(".", String.raw`\.`);
      return {
        kind: "shape",
        type: hostNameType,
        confidence: "medium",
        triggers: [trigger([alphanumeric, `.${suffix}`])],
        start: { at: "run", of: hostUnit, max: 160 },
        pattern: sticky(
          String.raw`${notEscapeLetter}(?<![.-])${distinctHost(name)}\.${name}(?![A-Za-z0-9_-]|\.[A-Za-z0-9])`,
        ),
      };
    }),
  ];
}

/**
 * What may come before a private suffix. A single plain word, as in the module name `settings.local`, counts as a host only
 * after `//` or `@` or before a port.
 */
function distinctHost(suffix: string): string {
  const several = String.raw`${label}(?:\.${label}){1,6}?`;
  const marked = String.raw`(?=[A-Za-z]{0,62}[0-9-])${label}`;
  return String.raw`(?:${several}|${marked}|(?<=//|@)${label}|${label}(?=\.${suffix}:[0-9]))`;
}
