import type { BackendEvent, CommandBudgetEvent, FallbackOptions, Observer } from "@keyward/core";

export interface BackendFromEnvOptions extends Pick<FallbackOptions, "fallback"> {
  /** Told when the store is away and when it is back, and of the month's commands where they are counted. */
  readonly observer?: Observer<BackendEvent | CommandBudgetEvent>;
}
