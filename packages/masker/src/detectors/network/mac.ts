import type { ShapeDetector } from "../../detection/detector.ts";
import { hex } from "../../matcher/char-class.ts";
import { repeat } from "../../matcher/trigger.ts";
import { atWordStart } from "../word-start.ts";

const pair = repeat(hex, 2);
const quad = repeat(hex, 4);

/** Hardware addresses with colons, hyphens or Cisco's dots, but not parts of a longer fingerprint. */
export function mac(): readonly ShapeDetector[] {
  const shared = { kind: "shape", type: "NET_MAC", start: { at: "trigger" } } as const;
  return [
    {
      ...shared,
      triggers: atWordStart(pair, ":", pair, ":", pair, ":", pair, ":", pair, ":", pair),
      pattern: /(?<![:-])[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}(?!:[0-9A-Fa-f])/y,
    },
    {
      ...shared,
      triggers: atWordStart(pair, "-", pair, "-", pair, "-", pair, "-", pair, "-", pair),
      pattern: /(?<![:-])[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}(?!-[0-9A-Fa-f])/y,
    },
    {
      ...shared,
      triggers: atWordStart(quad, ".", quad, ".", quad),
      pattern: /(?<!\.)(?=[0-9.]{0,13}[A-Fa-f])[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}(?!\.[0-9A-Fa-f])/y,
    },
  ];
}
