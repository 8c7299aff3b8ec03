import { BackendError, type KeyValueBackend, notify, type OperationOptions } from "@keyward/core";
import type { RateLimitDecision } from "./check/decision.ts";
import { describeOutcome } from "./check/describe-outcome.ts";
import { degradedDecision } from "./check/plain-decision.ts";
import type { Question } from "./check/question.ts";
import { Receipt, type Taken } from "./check/receipt.ts";
import type { LocalCounts } from "./local/local-counts.ts";
import { localCountsOf } from "./local/local-counts-of.ts";
import type { ResolvedOptions } from "./options.ts";
import { canEverFit, type Policy } from "./policy.ts";
import type { CheckOutcome } from "./scripts/check.ts";
import { guardedBackend } from "./store/guarded-backend.ts";
import { StoreCounts } from "./store/store-counts.ts";
import { askFallback } from "./without-store/ask-fallback.ts";
import { perInstancePolicy } from "./without-store/per-instance-policy.ts";
import { warnWithoutStore } from "./without-store/warn-without-store.ts";

/** Nobody is told to wait for longer than this while the store is away: by then it will have been asked again. */
const longestRetryMs = 30_000;

/** Asks wherever the counts are: on the store, or in this process, either always or while the store is away. */
export class Counts {
  readonly #options: ResolvedOptions;
  readonly #store: StoreCounts | undefined;
  readonly #local: LocalCounts;
  readonly #perInstance = new Map<Policy, Policy>();

  constructor(options: ResolvedOptions) {
    this.#options = options;
    const { backend, name, algorithm, maxLocalKeys, policy, plans, expectedInstances } = options;
    const reach = backend?.capabilities.reach ?? "local";
    if (backend !== undefined && reach !== "local") {
      this.#store = new StoreCounts(guardedBackend(backend), name, algorithm);
      for (const each of [policy, ...plans.values()]) {
        this.#perInstance.set(each, perInstancePolicy(each, expectedInstances));
      }
    }
    this.#local = localCountsOf(backend, name, algorithm, maxLocalKeys);
  }

  /** Whether other processes take from the same counts. */
  get areShared(): boolean {
    return this.#store !== undefined;
  }

  /** Decides at once if the counts aren't shared. */
  askHere(question: Question): RateLimitDecision | undefined {
    return this.#store === undefined ? this.#askLocal(question) : undefined;
  }

  /** Asks the store, and decides as configured if it can't be reached. Only for counts that are shared. */
  async askStore(question: Question, options: OperationOptions): Promise<RateLimitDecision> {
    const { key, policy, cost, mode } = question;
    try {
      const outcome = await (this.#store as StoreCounts).check(key, policy.rules, cost, mode, options);
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
        const isForGood = this.#options.backend?.capabilities.reach === "off" || !canEverFit(policy, cost);
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
