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
  /** Who made the receipt. */
  readonly issuer: object;
  readonly key: string;
  readonly policy: Policy;
  readonly born: number;
  readonly at: number;
}

export class Receipt implements RateLimitReceipt {
  readonly cost: number;
  readonly origin: "store" | "local";
  readonly takenAt: number;
  #taken: Taken | undefined;

  constructor(
    issuer: object,
    key: string,
    policy: Policy,
    cost: number,
    origin: "store" | "local",
    outcome: CheckOutcome,
  ) {
    this.cost = cost;
    this.origin = origin;
    this.takenAt = outcome.now;
    this.#taken = { issuer, key, policy, born: outcome.born, at: outcome.at };
  }

  /** Whether this copy of the package made it. */
  static is(receipt: unknown): receipt is Receipt {
    return receipt instanceof Receipt;
  }

  /** What it stands for, once: undefined the second time, and for a receipt of another issuer. */
  redeem(issuer: object): Taken | undefined {
    const taken = this.#taken;
    if (taken?.issuer !== issuer) return undefined;
    this.#taken = undefined;
    return taken;
  }

  /** Makes it good again, when it is known that nothing was given back. */
  restore(taken: Taken): void {
    this.#taken = taken;
  }
}
