import type { Policy } from "../policy.ts";

/** What one check asks for. */
export interface Question {
  readonly key: string;
  readonly policy: Policy;
  readonly cost: number;
  readonly mode: "spend" | "ask";
  readonly plan: string | undefined;
}
