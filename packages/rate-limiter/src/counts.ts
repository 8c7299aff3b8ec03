import { BackendError, type KeyValueBackend, notify, type OperationOptions } from "@keyward/core";
import { askFallback } from "./ask-fallback.ts";
import type { RateLimitDecision } from "./decision.ts";
import { describeOutcome } from "./describe-outcome.ts";
import { everFits, type Policy } from "./limit.ts";
import type { LocalLimits } from "./local/local-limits.ts";
import { localLimitsOf } from "./local/local-limits-of.ts";
import { perInstancePolicy } from "./local/per-instance-policy.ts";
import type { ResolvedOptions } from "./options.ts";
import { degradedDecision } from "./plain-decision.ts";
import type { Question } from "./question.ts";
import { Receipt, type Taken } from "./receipt.ts";
import type { CheckOutcome } from "./scripts/check-reply.ts";
import { guardedBackend } from "./store/guarded-backend.ts";
import { StoreLimits } from "./store/store-limits.ts";
import { warnWithoutStore } from "./store/warn-without-store.ts";

/** However long this instance's own part is used up, or too small: by then the store has been asked again. */
const longestRetryMs = 30_000;

/** Where the counts are: in the store, or in this process, for good or while there is no store. */
export class Counts {
  readonly #options: ResolvedOptions;
  readonly #store: StoreLimits | undefined;
  readonly #local: LocalLimits;
  readonly #perInstance = new Map<Policy, Policy>();

  constructor(options: ResolvedOptions) {
    this.#options = options;
    const { backend, name, algorithm, maxLocalKeys, policy, plans, expectedInstances } = options;
    const reach = backend?.capabilities.reach ?? "local";
    if (backend !== undefined && reach !== "local") {
      this.#store = new StoreLimits(guardedBackend(backend), name, algorithm);
      for (const each of [policy, ...plans.values()]) {
        this.#perInstance.set(each, perInstancePolicy(each, expectedInstances));
      }
    }
    this.#local = localLimitsOf(backend, name, algorithm, maxLocalKeys);
  }

  /** Whether other processes take from the same counts. */
  get areShared(): boolean {
    return this.#store !== undefined;
  }

  /** Decides at once, where counts aren't shared. */
  askHere(question: Question): RateLimitDecision | undefined {
    return this.#store === undefined ? this.#askLocal(question) : undefined;
  }

  /** For shared counts. */
  async askStore(question: Question, options: OperationOptions): Promise<RateLimitDecision> {
    const { key, policy, cost, mode } = question;
    try {
      const outcome = await (this.#store as StoreLimits).check(key, policy.rules, cost, mode, options);
      return this.#describe(question, outcome, "store");
    } catch (error) {
      if (!BackendError.is(error)) throw error;
      return this.#askWithoutStore(question, error);
    }
  }

  async refund(taken: Taken, origin: "store" | "local", cost: number, options: OperationOptions): Promise<boolean> {
    const { question, outcome } = taken;
    const { key, policy } = question;
    const input = { cost, taken: question.cost, born: outcome.born, takenAt: outcome.at, rules: policy.rules };
    if (origin === "local") return this.#local.refund(key, input);
    return (await this.#store?.refund(key, input, options)) ?? false;
  }

  async reset(key: string, options: OperationOptions): Promise<void> {
    await this.#store?.reset(key, options);
    this.#local.reset(key);
  }

  async block(key: string, durationMs: number, options: OperationOptions): Promise<void> {
    await this.#store?.block(key, durationMs, options);
    this.#local.block(key, durationMs);
  }

  async #askWithoutStore(question: Question, error: BackendError): Promise<RateLimitDecision> {
    const { name, backend, onBackendError, fallback, observer } = this.#options;
    const { policy, cost } = question;
    notify(observer, { type: "rate-limit.store-failed", limiter: name, code: error.code, operation: error.operation });
    if (observer === undefined && onBackendError !== "throw") warnWithoutStore(backend as KeyValueBackend, error);
    if (fallback !== undefined) return askFallback(fallback, question);
    switch (onBackendError) {
      case "throw":
        throw error;
      case "local": {
        const decision = this.#askLocal({ ...question, policy: this.#perInstance.get(policy) as Policy });
        const isForGood = this.#options.backend?.capabilities.reach === "off" || !everFits(policy, cost);
        const longest = isForGood ? Number.POSITIVE_INFINITY : longestRetryMs;
        return { ...decision, reason: "degraded", retryAfterMs: Math.min(decision.retryAfterMs, longest) };
      }
      default:
        return degradedDecision(policy, cost, onBackendError === "allow");
    }
  }

  #askLocal(question: Question): RateLimitDecision {
    const { key, policy, cost, mode } = question;
    return this.#describe(question, this.#local.check(key, policy.rules, cost, mode), "local");
  }

  #describe(question: Question, outcome: CheckOutcome, origin: "store" | "local"): RateLimitDecision {
    const { cost, mode } = question;
    const isTaken = mode === "spend" && cost > 0 && outcome.status === "allowed";
    const receipt = isTaken ? new Receipt(this, question, outcome, origin) : undefined;
    return describeOutcome(outcome, cost, receipt);
  }
}
