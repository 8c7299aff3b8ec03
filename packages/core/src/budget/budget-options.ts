import { ConfigurationError } from "../errors/configuration-error.ts";
import { checkObserver, type Observer } from "../observer.ts";
import type { CommandBudgetEvent } from "./command-budget-event.ts";

export interface CommandBudgetOptions {
  /** How many commands may be used in a calendar month, such as 500,000. */
  readonly monthly: number;
  /**
   * What happens to operations once the budget is used up. `"allow"` sends them as before. `"refuse"` fails each of them at once,
   * with `BACKEND_UNAVAILABLE` and the outcome `"not-applied"`, until the month is over.
   *
   * @default "allow"
   */
  readonly beyond?: "allow" | "refuse";
  /** Told when 80 %, 95 % and 100 % of the month's commands are used. */
  readonly observer?: Observer<CommandBudgetEvent>;
}

export interface ResolvedBudgetOptions {
  readonly monthly: number;
  readonly refuses: boolean;
  readonly observer: Observer<CommandBudgetEvent> | undefined;
}

/** @throws {ConfigurationError} naming the first option that can't be used. */
export function resolveBudgetOptions(options: Partial<CommandBudgetOptions> | undefined): ResolvedBudgetOptions {
  const { monthly, beyond = "allow", observer } = options ?? {};
  if (monthly === undefined || !Number.isSafeInteger(monthly) || monthly < 1) {
    throw new ConfigurationError("monthly", "must be a whole number of commands above 0, such as 500_000");
  }
  if (beyond !== "allow" && beyond !== "refuse") {
    throw new ConfigurationError("beyond", 'must be "allow" or "refuse", or left out');
  }
  checkObserver(observer);
  return { monthly, refuses: beyond === "refuse", observer };
}
