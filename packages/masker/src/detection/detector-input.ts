import { ConfigurationError, ownOptions } from "@keyward/core";
import { aws, network, pii, secrets } from "../detectors/index.ts";
import type { Detector } from "./detector.ts";
import { compileDictionary } from "./dictionary.ts";
import { compilePattern } from "./pattern.ts";
import { checkShape } from "./shape-check.ts";

const groups = { aws, secrets, pii, network } as const;

/** What to look for: the name of a built-in group, a detector, or a list of these. */
export type DetectorInput = keyof typeof groups | Detector | readonly DetectorInput[];

/** How deep lists may be nested. It is enough for anybody, and stops at a list that contains itself. */
const maxDepth = 16;

/**
 * Checks and returns all detectors that `inputs` name or contain.
 *
 * @param inputs all built-in groups by default
 * @throws {ConfigurationError} naming the place, such as `detectors[1][0].pattern`.
 */
export function resolveDetectors(
  inputs: readonly DetectorInput[] = Object.keys(groups) as DetectorInput[],
): readonly Detector[] {
  if (!Array.isArray(inputs)) {
    throw new ConfigurationError("detectors", `must be a list of detectors, or of the groups ${names()}`);
  }
  return resolveList("detectors", inputs, 0).map(ownDetector);
}

function resolveList(field: string, inputs: readonly DetectorInput[], depth: number): Detector[] {
  if (depth > maxDepth) throw new ConfigurationError(field, `is nested in more than ${maxDepth} lists`);
  return inputs.flatMap((input, index) => resolveInput(`${field}[${index}]`, input, depth));
}

function resolveInput(field: string, input: DetectorInput, depth: number): readonly Detector[] {
  if (typeof input === "string") {
    if (!Object.hasOwn(groups, input))
      throw new ConfigurationError(field, `is not a group of detectors; the groups are ${names()}`);
    return groups[input]();
  }
  if (isList(input)) return resolveList(field, input, depth + 1);
  if (typeof input === "function") {
    throw new ConfigurationError(field, "is a function; call it: aws() instead of aws");
  }
  return [checkDetector(field, input)];
}

function checkDetector(field: string, detector: Detector): Detector {
  switch (detector?.kind) {
    case "shape":
      checkShape(`${field}.`, detector);
      return detector;
    case "terms":
      return compileDictionary(`${field}.`, detector);
    case "pattern":
      return compilePattern(`${field}.`, detector);
    default:
      throw new ConfigurationError(
        field,
        `must be ${names()}, or what pattern(), dictionary() or a group such as pii() makes`,
      );
  }
}

/** Copies a detector's own fields, so that nothing added to `Object.prototype` can stand in for a missing one. */
function ownDetector(detector: Detector): Detector {
  const own = ownOptions("detectors", detector);
  return own.kind === "shape" ? Object.assign(own, { start: ownOptions("start", own.start) }) : own;
}

function isList(input: Detector | readonly DetectorInput[]): input is readonly DetectorInput[] {
  return Array.isArray(input);
}

function names(): string {
  return Object.keys(groups)
    .map((name) => `"${name}"`)
    .join(", ");
}
