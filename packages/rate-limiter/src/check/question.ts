import type { Policy } from "../policy.ts";

/** One check: who asks, for how much, under which limits. */
export interface Question {
  readonly key: string;
  readonly policy: Policy;
  readonly cost: number;
  readonly mode: "spend" | "ask";
  readonly plan: string | undefined;
}
