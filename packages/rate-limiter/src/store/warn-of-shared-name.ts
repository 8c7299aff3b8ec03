import type { KeyValueBackend } from "@keyward/core";
import type { Policy } from "../policy.ts";

/** More names than an app writes down: those that it makes up, such as one for each tenant, aren't kept for ever. */
const mostNames = 1_000;

const known = new WeakMap<KeyValueBackend, Map<string, Policy>>();

/**
 * Warns of a second limiter with the name of another one over the same backend whose limits for a window differ. They count
 * together, so the calls that the higher limit lets through use up the lower one. That shows only where a store is shared:
 * limiters without a backend count apart.
 */
export function warnOfSharedName(backend: KeyValueBackend, name: string, policy: Policy): void {
  const names = known.get(backend) ?? new Map<string, Policy>();
  known.set(backend, names);
  const before = names.get(name);
  if (before === undefined) {
    if (names.size < mostNames) names.set(name, policy);
    return;
  }
  const clash = policy.rules.find(({ windowMs, limit }) =>
    before.rules.some((rule) => rule.windowMs === windowMs && rule.limit !== limit),
  );
  if (clash === undefined) return;
  // Once: the next one is held against these limits.
  names.set(name, policy);
  console.warn(
    `keyward: two rate limiters named "${name}" use the same backend and count together, but their limits for ${clash.name} differ; give each limiter a name of its own`,
  );
}
