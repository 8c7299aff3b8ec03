import type { KeywardEvent } from "../observer.ts";

/**
 * A month's commands have reached a part of the budget. Each instance says so once per threshold and month, as soon as it
 * knows.
 */
export interface CommandBudgetEvent extends KeywardEvent {
  readonly type: "budget.threshold";
  /** The part that has been reached: 1 is all of it. */
  readonly share: 0.8 | 0.95 | 1;
  /** Commands of all instances this month, as far as this one knows. */
  readonly used: number;
  readonly monthly: number;
  /** By the store's clock, in UTC, such as `2026-07`. */
  readonly month: string;
}
