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
import { checkCost, checkOperation, noOptions, policyOf, readCall, readCheckOptions } from "./check-options.ts";
import { Counts } from "./counts.ts";
import type { RateLimitDecision } from "./decision.ts";
import type { RateLimitEvent } from "./events.ts";
import { TurnedAway } from "./local/turned-away.ts";
import { monotonicNow } from "./monotonic-now.ts";
import type { ResolvedOptions } from "./options.ts";
import { plainDecision } from "./plain-decision.ts";
import type { Question } from "./question.ts";
import type { CheckOptions, RateLimiter, RefundOptions, WaitOptions } from "./rate-limiter.ts";
import { type RateLimitReceipt, Receipt } from "./receipt.ts";
import { waitUntilAllowed } from "./wait-until-allowed.ts";

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
      throw new ConfigurationError("receipt", "takes the receipt of one of this limiter's decisions");
    }
    const { cost = receipt.cost, ...operation } = ownOptions("options", options, ["cost", "timeoutMs", "signal"]);
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
      this.#turnedAway?.forget(taken.question.key);
    }
  }

  async reset(key: string, given: OperationOptions = noOptions): Promise<void> {
    await this.#counts.reset(key, readCall(key, given));
    this.#turnedAway?.forget(key);
  }

  async block(key: string, duration: Duration, given: OperationOptions = noOptions): Promise<void> {
    const options = readCall(key, given);
    const durationMs = parseDuration("duration", duration);
    if (durationMs > longestBlockMs) {
      throw new ConfigurationError("duration", "must be 36500 days at most; deny is for good");
    }
    await this.#counts.block(key, durationMs, options);
    this.#turnedAway?.forget(key);
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
    // A promise searches what it is resolved with for a `then`, unless V8 has just seen the shape of it: hence two ways out.
    if (decision.allowed) return decision;
    return this.#refuse(decision);
  }

  /** Decides without a way to the store, if that can be: by the lists, what is remembered, or counts in this process. */
  #decideHere(question: Question): RateLimitDecision | undefined {
    const { key, policy, cost } = question;
    const { isAllowed, isDenied } = this.#options;
    if (isDenied?.(key)) return plainDecision(policy, cost, false, "blocked", Number.POSITIVE_INFINITY);
    if (isAllowed?.(key)) return plainDecision(policy, cost, true, "exempt", 0);
    return this.#counts.askHere(question) ?? this.#turnedAway?.find(key, policy, cost, monotonicNow());
  }

  async #askStore(question: Question, operation: OperationOptions): Promise<RateLimitDecision> {
    const askedAt = performance.now();
    const decision = await this.#counts.askStore(question, operation);
    const { allowed, reason } = decision;
    if (allowed) return decision;
    if (reason !== "degraded") this.#turnedAway?.remember(question.key, question.policy, decision, askedAt);
    return this.#refuse(decision);
  }

  /** In shadow mode it is only told that it would have been. */
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
