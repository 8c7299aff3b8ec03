import type { KeywardEvent } from "../observer.ts";

/**
 * The commands of a month have reached a share of the budget. Each instance emits this once per threshold and month, as soon as
 * it knows.
 */
export interface CommandBudgetEvent extends KeywardEvent {
  readonly type: "budget.threshold";
  /** The share that has been reached; 1 is all of it. */
  readonly share: 0.8 | 0.95 | 1;
  /** Commands of all instances this month, as far as this one knows. */
  readonly used: number;
  readonly monthly: number;
  /** By the store's clock, in UTC, such as `2026-07`. */
  readonly month: string;
}
