import type { Detector } from "@keyward/masker";
import { Random } from "../corpora/random.ts";
import type { HostileText } from "./detector-texts.ts";
import { textOfSteps } from "./shape-text.ts";

/** Beginnings of every detector's triggers in random order: each text takes the automaton through states of its own. */
export function mixedTexts(detectors: readonly Detector[]): readonly HostileText[] {
  const triggers = detectors
    .flatMap((detector) => (detector.kind === "shape" ? detector.triggers : []))
    .map(({ steps }) => textOfSteps(steps, "max"));
  return [
    {
      name: "triggers of all detectors in random order",
      make: (length) => mix(new Random(5), length, (random) => random.pick(triggers)),
    },
    {
      name: "beginnings of all triggers in random order",
      make(length) {
        return mix(new Random(6), length, (random) => {
          const trigger = random.pick(triggers);
          return trigger.slice(0, random.integer(1, trigger.length));
        });
      },
    },
    {
      name: "distinct values that begin alike",
      make: (length) => mix(new Random(7), length, (random) => `i-0123456789abc${random.hex(4)} `),
    },
    {
      name: "distinct values of several kinds",
      make: (length) =>
        mix(
          new Random(8),
          length,
          (random) =>
            `ip-10-0-${random.integer(1, 255)}-${random.integer(1, 255)} vpc-${random.hex(17)} sg-${random.hex(8)}\n`,
        ),
    },
    {
      name: "values of every length that begin alike",
      make: (length) => mix(new Random(9), length, (random) => `password=${"x1".repeat(random.integer(4, 200))} `),
    },
  ];
}

function mix(random: Random, length: number, next: (random: Random) => string): string {
  const pieces: string[] = [];
  for (let total = 0; total < length; ) total += pieces[pieces.push(next(random)) - 1]!.length;
  return pieces.join("").slice(0, length);
}
