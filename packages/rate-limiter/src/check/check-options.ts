import { ConfigurationError, checkKey, checkTimeout, type OperationOptions, ownOptions } from "@keyward/core";
import type { ResolvedOptions } from "../options.ts";
import type { Policy } from "../policy.ts";
import type { CheckOptions } from "../rate-limiter.ts";

/** @throws {ConfigurationError} for a cost that can't be taken. */
export function checkCost(field: string, cost: unknown, atLeast: number): asserts cost is number {
  if (Number.isSafeInteger(cost) && (cost as number) >= atLeast) return;
  throw new ConfigurationError(field, `must be a whole number of units, ${atLeast} or more`);
}

/** What a check says besides its key. */
interface CheckCall {
  readonly cost: number;
  readonly plan: string | undefined;
  readonly operation: OperationOptions;
}

export const noOptions: OperationOptions = Object.freeze(Object.create(null));

const plainCall: CheckCall = { cost: 1, plan: undefined, operation: noOptions };

/** @throws {ConfigurationError}, or the reason of a signal that has aborted already */
export function readCheckOptions(given: CheckOptions | undefined): CheckCall {
  if (given === undefined) return plainCall;
  const options = ownOptions("options", given, ["cost", "plan", "timeoutMs", "signal"]);
  checkOperation(options);
  const { cost = 1, plan } = options;
  checkCost("cost", cost, 0);
  return { cost, plan, operation: options };
}

/** @throws {ConfigurationError} for an unknown plan. */
export function policyOf(plan: string | undefined, { policy, plans }: ResolvedOptions): Policy {
  if (plan === undefined) return policy;
  const found = plans.get(plan);
  if (found === undefined)
    throw new ConfigurationError("plan", "is not one of the limiter's plans; name one of them, or leave it out");
  return found;
}

const ofAnyCall = ["timeoutMs", "signal"] as const;

/**
 * A checked copy of a call's options.
 *
 * @param own the names of the options that the call takes besides `timeoutMs` and `signal`
 * @throws {ConfigurationError}, or the reason of a signal that has aborted already
 */
export function readCall<Options extends OperationOptions>(
  key: unknown,
  given: Options,
  own: readonly (keyof Options)[] = [],
): Options {
  checkKey("key", key);
  const options = ownOptions("options", given, [...own, ...ofAnyCall]);
  checkOperation(options);
  return options;
}

/** @throws {ConfigurationError}, or the reason of a signal that has aborted already */
export function checkOperation({ timeoutMs, signal }: OperationOptions): void {
  checkTimeout("timeoutMs", timeoutMs);
  signal?.throwIfAborted();
}
