import type { CheckOutcome } from "../scripts/check.ts";
import type { Question } from "./question.ts";

/**
 * Stands for what one check took, so that it can be given back once. It is good in this process only, and can't be copied
 * or serialised.
 */
export interface RateLimitReceipt {
  readonly cost: number;
  /** Where it was taken: from the store, or from this instance's own counts. */
  readonly origin: "store" | "local";
  /** When it was taken, in milliseconds since the epoch, by the clock of its origin. */
  readonly takenAt: number;
}

/** What a receipt stands for, which its holder can't see. */
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

  /** Whether this installed copy of the package made it. */
  static is(receipt: unknown): receipt is Receipt {
    return receipt instanceof Receipt;
  }

  /** What it stands for, the first time; undefined after that, and for a receipt of another issuer. */
  redeem(issuer: object): Taken | undefined {
    if (this.#isSpent || issuer !== this.#issuer) return undefined;
    this.#isSpent = true;
    return { question: this.#question, outcome: this.#outcome };
  }

  /** Makes it good again, once it is known that nothing was given back. */
  restore(): void {
    this.#isSpent = false;
  }
}
