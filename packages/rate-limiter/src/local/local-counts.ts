import type { Algorithm, WindowRule } from "../algorithms/algorithm.ts";
import { longestWait } from "../algorithms/longest-wait.ts";
import { type WindowStatus, windowStatus } from "../check/window-status.ts";
import type { CheckOutcome } from "../scripts/check.ts";
import type { RefundArguments } from "../scripts/refund.ts";
import { RecentMap } from "./recent-map.ts";

interface LocalKey {
  /** Tells this entry from one of the same key before a reset. */
  readonly born: number;
  blockedUntil: number;
  /** The rules that were checked last; `states` are in their order. */
  rules: readonly WindowRule[];
  states: readonly unknown[];
  /** The windows of other policies, by their length. Only for a caller who was checked under more than one policy. */
  others: Map<number, unknown> | undefined;
}

/**
 * The windows of all callers in this process: the same arithmetic as on a store, on plain numbers, without text or promises.
 * Bounded: the callers who were seen longest ago are forgotten first.
 */
export class LocalCounts {
  readonly #algorithm: Algorithm<unknown>;
  readonly #keys: RecentMap<LocalKey>;
  readonly #now: () => number;
  #births = 0;

  /** @param now milliseconds since the epoch on a clock that never steps back */
  constructor(algorithm: Algorithm<unknown>, maxKeys: number, now: () => number) {
    this.#algorithm = algorithm;
    this.#keys = new RecentMap(maxKeys);
    this.#now = now;
  }

  check(key: string, rules: readonly WindowRule[], cost: number, mode: "spend" | "ask"): CheckOutcome {
    const algorithm = this.#algorithm;
    const now = this.#now();
    const known = this.#open(key, rules);
    const { states } = known;
    for (let index = 0; index < rules.length; index += 1) {
      algorithm.settle(states[index], rules[index] as WindowRule, now);
    }
    const blockedMs = Math.max(0, known.blockedUntil - now);
    const waitMs = longestWait(algorithm, rules, states, cost, now, blockedMs);
    const isTaken = waitMs === 0 && cost > 0 && mode === "spend";
    // Made with its final size, since an array that grows makes room for sixteen more.
    const windows = new Array<WindowStatus>(rules.length);
    for (let index = 0; index < rules.length; index += 1) {
      const rule = rules[index] as WindowRule;
      const state = states[index];
      if (isTaken) algorithm.spend(state, rule, cost, now);
      windows[index] = statusOf(algorithm, rule, state, now);
    }
    const status = waitMs === 0 ? "allowed" : blockedMs > 0 ? "blocked" : "refused";
    return { status, now, born: known.born, at: now, waitMs: waitMs < 0 ? Number.POSITIVE_INFINITY : waitMs, windows };
  }

  /** @returns whether the state that the units were taken from was still there */
  refund(key: string, { rules, born, ...refund }: RefundArguments): boolean {
    const known = this.#keys.get(key);
    if (known?.born !== born) return false;
    if (known.rules !== rules) this.#change(known, rules);
    const now = this.#now();
    for (const [index, rule] of rules.entries()) this.#algorithm.refund(known.states[index], rule, refund, now);
    return true;
  }

  block(key: string, durationMs: number): void {
    this.#open(key, []).blockedUntil = this.#now() + durationMs;
  }

  reset(key: string): void {
    this.#keys.delete(key);
  }

  #open(key: string, rules: readonly WindowRule[]): LocalKey {
    const known = this.#keys.get(key);
    if (known === undefined) {
      this.#births += 1;
      const states = rules.map(() => this.#algorithm.create());
      const made = { born: this.#births, blockedUntil: 0, rules, states, others: undefined };
      this.#keys.set(key, made);
      return made;
    }
    if (known.rules !== rules && rules.length > 0) this.#change(known, rules);
    return known;
  }

  /** Windows that both policies have go on counting. Those of the old policy alone are kept, in case it comes back. */
  #change(known: LocalKey, rules: readonly WindowRule[]): void {
    known.others ??= new Map();
    const { others } = known;
    for (const [index, { windowMs }] of known.rules.entries()) others.set(windowMs, known.states[index]);
    known.rules = rules;
    known.states = rules.map(({ windowMs }) => others.get(windowMs) ?? this.#algorithm.create());
  }
}

function statusOf<State>(algorithm: Algorithm<State>, rule: WindowRule, state: State, now: number): WindowStatus {
  const resetMs = Math.max(0, algorithm.expiresAt(state, rule) - now);
  const remaining = algorithm.remaining(state, rule);
  const nextMs = resetMs > 0 ? algorithm.waitMs(state, rule, remaining + 1, now) : 0;
  return windowStatus(rule, remaining, nextMs, resetMs);
}
