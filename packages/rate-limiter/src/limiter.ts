import {
  BackendError,
  ConfigurationError,
  checkKey,
  type Duration,
  notify,
  type Observer,
  type OperationOptions,
  ownOptions,
  parseDuration,
} from "@keyward/core";
import { checkCost, checkOperation, noOptions, policyOf, readCall, readCheckOptions } from "./check/check-options.ts";
import type { RateLimitDecision } from "./check/decision.ts";
import { plainDecision } from "./check/plain-decision.ts";
import type { Question } from "./check/question.ts";
import { type RateLimitReceipt, Receipt } from "./check/receipt.ts";
import { waitUntilAllowed } from "./check/wait-until-allowed.ts";
import { Counts } from "./counts.ts";
import type { RateLimitEvent } from "./events.ts";
import { monotonicNow } from "./local/monotonic-now.ts";
import { RememberedRefusals } from "./local/remembered-refusals.ts";
import type { ResolvedOptions } from "./options.ts";
import type { CheckOptions, RateLimiter, RefundOptions, WaitOptions } from "./rate-limiter.ts";

/** A block that long stays exact in the arithmetic of every store, with room to spare. */
const longestBlockMs = 36_500 * 86_400_000;

/**
 * What `createRateLimiter` makes. A check goes through the allow and deny lists, then the refusals that this instance
 * remembers, then the counts; the observer hears what came of it.
 */
export class Limiter implements RateLimiter {
  readonly #options: ResolvedOptions;
  readonly #counts: Counts;
  /** Only for counts on a store: counts in this process are just as close. */
  readonly #refusals: RememberedRefusals | undefined;

  constructor(options: ResolvedOptions) {
    const { maxLocalKeys, rememberMs } = options;
    this.#options = options;
    this.#counts = new Counts(options);
    const saves = this.#counts.areShared && rememberMs > 0;
    this.#refusals = saves ? new RememberedRefusals(maxLocalKeys, rememberMs) : undefined;
  }

  check(key: string, options?: CheckOptions): Promise<RateLimitDecision> {
    return this.#answer(key, options, "spend");
  }

  peek(key: string, options?: CheckOptions): Promise<RateLimitDecision> {
    return this.#answer(key, options, "ask");
  }

  async wait(key: string, given: WaitOptions = noOptions): Promise<RateLimitDecision> {
    const { maxWait = "30s", ...options } = ownOptions("options", given);
    const maxWaitMs = maxWait === 0 ? 0 : parseDuration("maxWait", maxWait);
    return waitUntilAllowed(() => this.check(key, options), maxWaitMs, options.signal);
  }

  async refund(receipt: RateLimitReceipt, options: RefundOptions = noOptions): Promise<boolean> {
    if (!Receipt.is(receipt)) {
      throw new ConfigurationError("receipt", "must be the receipt of a decision that this limiter made");
    }
    const { cost = receipt.cost, ...operation } = ownOptions("options", options, ["cost", "timeoutMs", "signal"]);
    checkOperation(operation);
    checkCost("cost", cost, 1);
    if (cost > receipt.cost)
      throw new ConfigurationError("cost", "is more than the check took; leave it out to give back everything");
    const taken = receipt.redeem(this.#counts);
    if (taken === undefined) return false;
    try {
      return await this.#counts.refund(taken, receipt.origin, cost, operation);
    } catch (error) {
      if (BackendError.is(error) && error.outcome === "not-applied") receipt.restore();
      throw error;
    } finally {
      this.#refusals?.forget(taken.question.key);
    }
  }

  async reset(key: string, given: OperationOptions = noOptions): Promise<void> {
    await this.#counts.reset(key, readCall(key, given));
    this.#refusals?.forget(key);
  }

  async block(key: string, duration: Duration, given: OperationOptions = noOptions): Promise<void> {
    const options = readCall(key, given);
    const durationMs = parseDuration("duration", duration);
    if (durationMs > longestBlockMs) {
      throw new ConfigurationError(
        "duration",
        "must be at most 36500 days; to refuse a caller for good, use the limiter's deny option",
      );
    }
    await this.#counts.block(key, durationMs, options);
    this.#refusals?.forget(key);
  }

  #answer(key: string, options: CheckOptions | undefined, mode: "spend" | "ask"): Promise<RateLimitDecision> {
    const { observer } = this.#options;
    return observer === undefined ? this.#decide(key, options, mode) : this.#report(observer, key, options, mode);
  }

  async #decide(key: string, given: CheckOptions | undefined, mode: "spend" | "ask"): Promise<RateLimitDecision> {
    checkKey("key", key);
    const { cost, plan, operation } = readCheckOptions(given);
    const question = { key, policy: policyOf(plan, this.#options), cost, mode, plan };
    const decision = this.#decideHere(question);
    if (decision === undefined) return this.#askStore(question, operation);
    // Two ways out, so that `return` always sees objects of one shape: V8 then needn't look for a `then` in them.
    if (decision.allowed) return decision;
    return this.#refuse(decision);
  }

  /** Decides without asking the store, if possible: by the lists, by counts in this process, or by a remembered refusal. */
  #decideHere(question: Question): RateLimitDecision | undefined {
    const { key, policy, cost } = question;
    const { isAllowed, isDenied } = this.#options;
    if (isDenied?.(key)) return plainDecision(policy, cost, false, "blocked", Number.POSITIVE_INFINITY);
    if (isAllowed?.(key)) return plainDecision(policy, cost, true, "exempt", 0);
    return this.#counts.askHere(question) ?? this.#refusals?.find(key, policy, cost, monotonicNow());
  }

  async #askStore(question: Question, operation: OperationOptions): Promise<RateLimitDecision> {
    const askedAt = performance.now();
    const decision = await this.#counts.askStore(question, operation);
    const { allowed, reason } = decision;
    if (allowed) return decision;
    if (reason !== "degraded") this.#refusals?.remember(question.key, question.policy, decision, askedAt);
    return this.#refuse(decision);
  }

  /** In shadow mode the call is let through, and the decision says that it would have been refused. */
  #refuse(decision: RateLimitDecision): RateLimitDecision {
    return this.#options.shadow ? { ...decision, allowed: true, shadowed: true } : decision;
  }

  async #report(
    observer: Observer<RateLimitEvent>,
    key: string,
    options: CheckOptions | undefined,
    mode: "spend" | "ask",
  ): Promise<RateLimitDecision> {
    const startedAt = performance.now();
    const decision = await this.#decide(key, options, mode);
    const { allowed, reason, shadowed, cost, limit, remaining, retryAfterMs } = decision;
    notify(observer, {
      type: mode === "spend" ? "rate-limit.check" : "rate-limit.peek",
      limiter: this.#options.name,
      ...{ allowed, reason, shadowed, cost, limit, remaining, retryAfterMs },
      durationMs: performance.now() - startedAt,
    });
    return decision;
  }
}
