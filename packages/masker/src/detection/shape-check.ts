import { ConfigurationError } from "@keyward/core";
import { hasFixedLength, type Trigger } from "../matcher/trigger.ts";
import type { ShapeDetector, ValueStart } from "./detector.ts";
import { checkDetectorBase } from "./detector-base.ts";

/** How long a trigger and a walk back from it may be, because both happen again and again. */
const maxReach = 4_096;

/**
 * Checks a detector that was written by hand, because not every caller uses TypeScript.
 *
 * @param path what comes before a field's name in a message, such as `detectors[0].`
 * @throws {ConfigurationError} naming the field at fault.
 */
export function checkShape(path: string, detector: ShapeDetector): void {
  const { type, triggers, start, pattern, validate, edges, priority = 0, confidence = "high" } = detector;
  checkDetectorBase(path, { type, priority, confidence });
  if (!Array.isArray(triggers) || triggers.length === 0) {
    throw new ConfigurationError(`${path}triggers`, "must be a list of at least one trigger; make them with trigger()");
  }
  triggers.forEach((trigger: Trigger, index) => {
    checkTrigger(`${path}triggers[${index}]`, trigger);
    if (start?.at === "trigger" && !hasFixedLength(trigger)) {
      throw new ConfigurationError(
        `${path}triggers[${index}]`,
        'has no fixed length, so it can\'t say where the value starts; give it one, or use start: { at: "run", ... }',
      );
    }
  });
  checkStart(`${path}start`, start);
  checkSticky(`${path}pattern`, pattern);
  if (validate !== undefined && typeof validate !== "function") {
    throw new ConfigurationError(`${path}validate`, "must be a function");
  }
  if (edges !== undefined && edges !== "word" && edges !== "free") {
    throw new ConfigurationError(`${path}edges`, 'must be "word" or "free"');
  }
}

function checkTrigger(field: string, trigger: Trigger): void {
  const steps = trigger?.steps;
  const wellFormed =
    Array.isArray(steps) &&
    steps.every(({ of, min, max }) => typeof of?.has === "function" && isCount(min, 0) && isCount(max, min));
  if (!wellFormed) throw new ConfigurationError(field, "is not a trigger; make one with trigger()");
  const shortest = trigger.steps.reduce((sum, { min }) => sum + min, 0);
  const longest = trigger.steps.reduce((sum, { max }) => sum + max, 0);
  if (shortest === 0) throw new ConfigurationError(field, "can match the empty text, so it would fire everywhere");
  if (longest > maxReach) throw new ConfigurationError(field, `must match at most ${maxReach} characters`);
  if (trigger.longest !== longest || !isCount(trigger.lead, 0) || trigger.lead > shortest) {
    throw new ConfigurationError(field, "has lengths that don't match its steps; make it with trigger()");
  }
}

function checkStart(field: string, start: ValueStart): void {
  if (start?.at === "after") {
    checkSticky(`${field}.gap`, start.gap);
  } else if (start?.at === "run") {
    if (typeof start.of?.has !== "function") throw new ConfigurationError(`${field}.of`, "must be a character class");
    if (!isCount(start.max, 1)) throw new ConfigurationError(`${field}.max`, `must be a number from 1 to ${maxReach}`);
    if (start.tail !== undefined && !isCount(start.tail, 0)) {
      throw new ConfigurationError(`${field}.tail`, `must be a number from 0 to ${maxReach}`);
    }
    if (start.ahead !== undefined) checkSticky(`${field}.ahead`, start.ahead);
  } else if (start?.at !== "trigger") {
    throw new ConfigurationError(`${field}.at`, 'must be "trigger", "run" or "after"');
  }
}

function checkSticky(field: string, pattern: RegExp): void {
  if (!(pattern instanceof RegExp) || !pattern.sticky) {
    throw new ConfigurationError(field, "must be a sticky regular expression, such as /[a-z]{3}/y");
  }
}

function isCount(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= maxReach;
}
