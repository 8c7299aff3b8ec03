import { ConfigurationError, type Duration, ownOptions, parseDuration } from "@keyward/core";
import type { WindowRule } from "./algorithms/algorithm.ts";
import { type AlgorithmName, algorithms } from "./algorithms/algorithms.ts";

/** At most so many units per window. */
export interface RateLimit {
  /** Units per window; a whole number above 0, at most 10^12. */
  readonly limit: number;
  /**
   * Such as `"1m"`, at most 400 days. A number is milliseconds and has to be 1,000 or more: other libraries mean seconds by 60, and
   * a limit per 60 ms would go unnoticed.
   */
  readonly window: Duration;
  /** What decisions and headers call it. @default its window, such as `"1m"` */
  readonly name?: string;
  /** For `"gcra"`: the most units that can be taken at once. @default `limit` */
  readonly burst?: number;
}

/** Windows that are checked together, with all defaults filled in. */
export interface Policy {
  readonly rules: readonly WindowRule[];
}

/** Whether every window can hold that many units at all, once it is empty. */
export function canEverFit({ rules }: Policy, cost: number): boolean {
  return rules.every(({ burst }) => cost <= burst);
}

const mostUnits = 1e12;
const longestMs = 400 * 86_400_000;
const mostWindows = 8;

/**
 * @param field what errors call the list of limits
 * @throws {ConfigurationError} naming the limit that can't be kept.
 */
export function resolvePolicy(
  field: string,
  limits: readonly RateLimit[],
  algorithm: AlgorithmName,
  cells: number,
): Policy {
  if (!Array.isArray(limits) || limits.length === 0 || limits.length > mostWindows) {
    throw new ConfigurationError(
      field,
      `must be an array of 1 to ${mostWindows} limits, such as [{ limit: 10, window: "1m" }]`,
    );
  }
  const rules = limits.map((limit, index) => resolveRule(`${field}[${index}]`, limit, algorithm, cells));
  for (const [index, { name, windowMs }] of rules.entries()) {
    const before = rules.slice(0, index);
    if (before.some((rule) => rule.windowMs === windowMs)) {
      throw new ConfigurationError(
        `${field}[${index}].window`,
        "is the window of another limit too, so only the lower limit would count; remove one of them",
      );
    }
    if (before.some((rule) => rule.name === name)) {
      throw new ConfigurationError(
        `${field}[${index}].name`,
        "is the name of another limit too; give each a name of its own",
      );
    }
  }
  return { rules };
}

function resolveRule(field: string, given: RateLimit, algorithm: AlgorithmName, cells: number): WindowRule {
  const { limit, window, name, burst } = ownOptions(field, given, ["limit", "window", "name", "burst"]);
  const windowMs = parseDuration(`${field}.window`, window);
  if (typeof window === "number" && window < 1_000) {
    throw new ConfigurationError(
      `${field}.window`,
      `is a number, which means milliseconds; write "${window}s" for seconds, or "${window}ms" if it should be that short`,
    );
  }
  if (windowMs > longestMs) throw new ConfigurationError(`${field}.window`, "must be at most 400 days");
  checkUnits(`${field}.limit`, limit);
  if (burst !== undefined) {
    if (!algorithms[algorithm].hasBurst) {
      throw new ConfigurationError(
        `${field}.burst`,
        'works only with algorithm: "gcra"; choose that, or leave burst out',
      );
    }
    checkUnits(`${field}.burst`, burst);
  }
  if (algorithm === "gcra" && 2 * Math.max(limit, burst ?? 0) * windowMs > Number.MAX_SAFE_INTEGER) {
    throw new ConfigurationError(
      `${field}.limit`,
      "is too high to be counted exactly in such a long window; lower the limit or shorten the window",
    );
  }
  return { name: checkName(`${field}.name`, name ?? nameOf(windowMs)), limit, windowMs, burst: burst ?? limit, cells };
}

function checkUnits(field: string, units: unknown): void {
  if (Number.isSafeInteger(units) && (units as number) > 0 && (units as number) <= mostUnits) return;
  throw new ConfigurationError(field, "must be a whole number from 1 to 10^12");
}

/** Names go into headers unescaped. */
function checkName(field: string, name: unknown): string {
  if (typeof name === "string" && /^[\w.:-]{1,64}$/.test(name)) return name;
  throw new ConfigurationError(field, "must be 1 to 64 characters long, with only letters, digits, _ . : and -");
}

const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;

function nameOf(windowMs: number): string {
  const [unit, size] = units.find(([, size]) => windowMs % size === 0) ?? ["ms", 1];
  return `${windowMs / size}${unit}`;
}
