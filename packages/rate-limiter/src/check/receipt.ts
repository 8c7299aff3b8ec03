import type { CheckOutcome } from "../scripts/check-reply.ts";
import type { Question } from "./question.ts";

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
  readonly question: Question;
  readonly outcome: CheckOutcome;
}

export class Receipt implements RateLimitReceipt {
  readonly cost: number;
  readonly origin: "store" | "local";
  readonly takenAt: number;
  readonly #issuer: object;
  readonly #question: Question;
  readonly #outcome: CheckOutcome;
  #isSpent = false;

  constructor(issuer: object, question: Question, outcome: CheckOutcome, origin: "store" | "local") {
    this.cost = question.cost;
    this.origin = origin;
    this.takenAt = outcome.now;
    this.#issuer = issuer;
    this.#question = question;
    this.#outcome = outcome;
  }

  /** Whether this copy of the package made it. */
  static is(receipt: unknown): receipt is Receipt {
    return receipt instanceof Receipt;
  }

  /** What it stands for, once: undefined the second time, and for a receipt of another issuer. */
  redeem(issuer: object): Taken | undefined {
    if (this.#isSpent || issuer !== this.#issuer) return undefined;
    this.#isSpent = true;
    return { question: this.#question, outcome: this.#outcome };
  }

  /** Makes it good again, when it is known that nothing was given back. */
  restore(): void {
    this.#isSpent = false;
  }
}
