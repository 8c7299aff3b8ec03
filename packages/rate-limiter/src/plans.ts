import { ConfigurationError } from "@keyward/core";
import type { AlgorithmName } from "./algorithms/algorithms.ts";
import { type Policy, type RateLimit, resolvePolicy } from "./policy.ts";

/** Limits by the name of the plan that has them. */
export type Plans = Readonly<Record<string, readonly RateLimit[]>>;

/** @throws {ConfigurationError} naming the plan whose limits can't be kept, or `field` for what holds no plans. */
export function resolvePlans(
  field: string,
  algorithm: AlgorithmName,
  cells: number,
  plans: Plans = {},
): ReadonlyMap<string, Policy> {
  // A map or a list has no plans of its own: every check that names one would fail.
  if (typeof plans !== "object" || plans === null || Symbol.iterator in plans) {
    throw new ConfigurationError(
      field,
      'must be an object of limits by plan, such as { pro: [{ limit: 10, window: "1m" }] }',
    );
  }
  const policies = Object.entries(plans).map(
    ([plan, limits]) => [plan, resolvePolicy(`${field}.${plan}`, limits, algorithm, cells)] as const,
  );
  return new Map(policies);
}
