/** What the triggers and classes of detectors look like from outside. */
interface UnitClass {
  readonly has: (unit: number) => boolean;
}

interface RepeatedClass {
  readonly of: UnitClass;
  readonly min: number;
  readonly max: number;
}

/** Tried in this order, so that samples look like the values they imitate. */
const candidates = "a1A-_.:/ =\"'\\@+,;()[]{}<>\n\t~%#가é";

/** A unit of a class; the n-th one that fits, so that neighbours may differ. */
export function unitOf(of: UnitClass, nth = 0): string {
  const units = new Set([...candidates].filter((character) => of.has(character.charCodeAt(0))));
  for (let unit = 33; unit < 127; unit++) if (of.has(unit)) units.add(String.fromCharCode(unit));
  const fitting = [...units];
  return fitting[nth % fitting.length] ?? "?";
}

/** The shortest text in which a trigger fires, or the longest. */
export function textOfSteps(steps: readonly RepeatedClass[], count: "min" | "max"): string {
  return steps.map((step) => unitOf(step.of).repeat(step[count])).join("");
}
