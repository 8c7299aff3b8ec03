import {
  BackendError,
  ConfigurationError,
  checkKey,
  type Duration,
  notify,
  type OperationOptions,
  ownOptions,
  parseDuration,
} from "@keyward/core";
import { checkCall, checkCost, checkOperation, policyOf } from "./check-options.ts";
import { Counts, type Question } from "./counts.ts";
import type { RateLimitDecision } from "./decision.ts";
import { TurnedAway } from "./local/turned-away.ts";
import type { ResolvedOptions } from "./options.ts";
import { plainDecision } from "./plain-decision.ts";
import type { CheckOptions, RateLimiter, RefundOptions, WaitOptions } from "./rate-limiter.ts";
import { type RateLimitReceipt, Receipt } from "./receipt.ts";
import { waitUntilAllowed } from "./wait-until-allowed.ts";

const noOptions: CheckOptions = Object.freeze(Object.create(null));

/** The longest that each store's arithmetic can carry, with room to spare. */
const longestBlockMs = 36_500 * 86_400_000;

/** What `createRateLimiter` makes: lists first, then remembered refusals, then the counts, and a report of it all. */
export class Limiter implements RateLimiter {
  readonly #options: ResolvedOptions;
  readonly #counts: Counts;
  /** Only where it saves a way: counts in this process are as near. */
  readonly #turnedAway: TurnedAway | undefined;

  constructor(options: ResolvedOptions) {
    const { maxLocalKeys, rememberMs } = options;
    this.#options = options;
    this.#counts = new Counts(options);
    const saves = this.#counts.areShared && rememberMs > 0;
    this.#turnedAway = saves ? new TurnedAway(maxLocalKeys, rememberMs) : undefined;
  }

  async check(key: string, options: CheckOptions = noOptions): Promise<RateLimitDecision> {
    return this.#decide(key, options, "spend");
  }

  async peek(key: string, options: CheckOptions = noOptions): Promise<RateLimitDecision> {
    return this.#decide(key, options, "ask");
  }

  async wait(key: string, given: WaitOptions = noOptions): Promise<RateLimitDecision> {
    const { maxWait = "30s", ...options } = ownOptions("options", given);
    const maxWaitMs = parseDuration("maxWait", maxWait);
    return waitUntilAllowed(() => this.check(key, options), maxWaitMs, options.signal);
  }

  async refund(receipt: RateLimitReceipt, options: RefundOptions = noOptions): Promise<boolean> {
    if (!Receipt.is(receipt)) {
      throw new ConfigurationError("receipt", "takes the receipt of one of this limiter's decisions");
    }
    const { cost = receipt.cost, ...operation } = ownOptions("options", options);
    checkOperation(operation);
    checkCost("cost", cost, 1);
    if (cost > receipt.cost) throw new ConfigurationError("cost", "is more than the receipt stands for");
    const taken = receipt.redeem(this.#counts);
    if (taken === undefined) return false;
    try {
      return await this.#counts.refund(taken, receipt.origin, cost, operation);
    } catch (error) {
      if (BackendError.is(error) && error.outcome === "not-applied") receipt.restore();
      throw error;
    } finally {
      this.#turnedAway?.forget(taken.key);
    }
  }

  async reset(key: string, options: OperationOptions = noOptions): Promise<void> {
    checkCall(key, options);
    await this.#counts.reset(key, options);
    this.#turnedAway?.forget(key);
  }

  async block(key: string, duration: Duration, options: OperationOptions = noOptions): Promise<void> {
    checkCall(key, options);
    const durationMs = parseDuration("duration", duration);
    if (durationMs > longestBlockMs) {
      throw new ConfigurationError("duration", "must be 36500 days at most; deny is for good");
    }
    await this.#counts.block(key, durationMs, options);
    this.#turnedAway?.forget(key);
  }

  #decide(key: string, given: CheckOptions, mode: "spend" | "ask"): RateLimitDecision | Promise<RateLimitDecision> {
    const options = given === noOptions ? noOptions : ownOptions("options", given);
    const { cost = 1, plan } = options;
    if (options === noOptions) {
      checkKey("key", key);
    } else {
      checkCall(key, options);
      checkCost("cost", cost, 0);
    }
    const question = { key, policy: policyOf(plan, this.#options), cost, mode, plan };
    const { observer, shadow } = this.#options;
    if (observer === undefined && !shadow) return this.#answer(question, options);
    return this.#report(question, options);
  }

  #answer(question: Question, options: CheckOptions): RateLimitDecision | Promise<RateLimitDecision> {
    const { key, policy, cost } = question;
    const { isAllowed, isDenied } = this.#options;
    if (isDenied?.(key)) return plainDecision(policy, cost, false, "blocked", Number.POSITIVE_INFINITY);
    if (isAllowed?.(key)) return plainDecision(policy, cost, true, "exempt", 0);
    if (this.#turnedAway === undefined) return this.#counts.ask(question, options);
    return (
      this.#turnedAway.find(key, policy, cost, performance.now()) ?? this.#ask(this.#turnedAway, question, options)
    );
  }

  async #ask(turnedAway: TurnedAway, question: Question, options: CheckOptions): Promise<RateLimitDecision> {
    const askedAt = performance.now();
    const decision = await this.#counts.ask(question, options);
    const { allowed, reason } = decision;
    if (!allowed && reason !== "degraded") turnedAway.remember(question.key, question.policy, decision, askedAt);
    return decision;
  }

  async #report(question: Question, options: CheckOptions): Promise<RateLimitDecision> {
    const { name, observer, shadow } = this.#options;
    const startedAt = performance.now();
    const made = await this.#answer(question, options);
    const decision = shadow && !made.allowed ? { ...made, allowed: true, shadowed: true } : made;
    const { allowed, reason, shadowed, cost, limit, remaining, retryAfterMs } = decision;
    notify(observer, {
      type: "rate-limit.check",
      limiter: name,
      ...{ allowed, reason, shadowed, cost, limit, remaining, retryAfterMs },
      durationMs: performance.now() - startedAt,
    });
    return decision;
  }
}
