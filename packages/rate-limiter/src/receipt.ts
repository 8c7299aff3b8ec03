import type { Policy } from "./limit.ts";
import type { CheckOutcome } from "./scripts/check-reply.ts";

/**
 * Stands for what one check took, so that it can be given back once. For the process that has it: it can't be copied or
 * written down.
 */
export interface RateLimitReceipt {
  readonly cost: number;
  /** Where it was taken: from the store, or from this instance's own count while there was none. */
  readonly origin: "store" | "local";
  /** When, by the clock of its origin, in milliseconds since the epoch. */
  readonly takenAt: number;
}

/** What a receipt stands for. Whoever has one sees no more than its interface. */
export interface Taken {
  readonly key: string;
  readonly policy: Policy;
  readonly born: number;
  readonly at: number;
}

export class Receipt implements RateLimitReceipt {
  readonly cost: number;
  readonly origin: "store" | "local";
  readonly takenAt: number;
  readonly #issuer: object;
  readonly #key: string;
  readonly #policy: Policy;
  readonly #born: number;
  readonly #at: number;
  #isSpent = false;

  constructor(
    issuer: object,
    key: string,
    policy: Policy,
    cost: number,
    origin: "store" | "local",
    { now, born, at }: CheckOutcome,
  ) {
    this.cost = cost;
    this.origin = origin;
    this.takenAt = now;
    this.#issuer = issuer;
    this.#key = key;
    this.#policy = policy;
    this.#born = born;
    this.#at = at;
  }

  /** Whether this copy of the package made it. */
  static is(receipt: unknown): receipt is Receipt {
    return receipt instanceof Receipt;
  }

  /** What it stands for, once: undefined the second time, and for a receipt of another issuer. */
  redeem(issuer: object): Taken | undefined {
    if (this.#isSpent || issuer !== this.#issuer) return undefined;
    this.#isSpent = true;
    return { key: this.#key, policy: this.#policy, born: this.#born, at: this.#at };
  }

  /** Makes it good again, when it is known that nothing was given back. */
  restore(): void {
    this.#isSpent = false;
  }
}
