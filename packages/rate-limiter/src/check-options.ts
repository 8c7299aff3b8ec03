import { ConfigurationError, checkKey, checkTimeout, type OperationOptions } from "@keyward/core";
import type { Policy } from "./limit.ts";
import type { ResolvedOptions } from "./options.ts";

/** @throws {ConfigurationError} for a cost that can't be taken. */
export function checkCost(field: string, cost: unknown, atLeast: number): asserts cost is number {
  if (Number.isSafeInteger(cost) && (cost as number) >= atLeast) return;
  throw new ConfigurationError(field, `must be a whole number of units, ${atLeast} or more`);
}

/** @throws {ConfigurationError} for a plan that there isn't. */
export function policyOf(plan: string | undefined, { policy, plans }: ResolvedOptions): Policy {
  if (plan === undefined) return policy;
  const found = plans.get(plan);
  if (found === undefined) throw new ConfigurationError("plan", "isn't one of the limiter's plans");
  return found;
}

/** @throws {ConfigurationError}, or the reason of a signal that was given already */
export function checkCall(key: unknown, options: OperationOptions): asserts key is string {
  checkKey("key", key);
  checkOperation(options);
}

/** As {@link checkCall}, for a call without a key. */
export function checkOperation({ timeoutMs, signal }: OperationOptions): void {
  checkTimeout("timeoutMs", timeoutMs);
  signal?.throwIfAborted();
}
