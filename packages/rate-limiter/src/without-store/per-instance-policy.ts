import type { Policy } from "../policy.ts";

/** One instance's part of the limits while each counts for itself. At least one unit, or nobody would get through. */
export function perInstancePolicy({ rules }: Policy, instances: number): Policy {
  const part = (units: number) => Math.max(1, Math.floor(units / instances));
  return { rules: rules.map((rule) => ({ ...rule, limit: part(rule.limit), burst: part(rule.burst) })) };
}
