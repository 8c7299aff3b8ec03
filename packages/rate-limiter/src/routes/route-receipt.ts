import type { RateLimitReceipt } from "../check/receipt.ts";
import type { RouteLimiter } from "./route-options.ts";

/** What one route took. */
export interface Charge {
  readonly limiter: RouteLimiter;
  readonly receipt: RateLimitReceipt;
}

/** Stands for everything that one check of a table took. `cost` is the most that any of the routes took. */
export class RouteReceipt implements RateLimitReceipt {
  readonly cost: number;
  readonly origin: "store" | "local";
  readonly takenAt: number;
  readonly #issuer: object;
  readonly #charges: readonly Charge[];

  /** @param charges at least one */
  constructor(issuer: object, charges: readonly Charge[]) {
    const receipts = charges.map(({ receipt }) => receipt);
    this.cost = Math.max(...receipts.map(({ cost }) => cost));
    this.origin = receipts.some(({ origin }) => origin === "store") ? "store" : "local";
    this.takenAt = (receipts[0] as RateLimitReceipt).takenAt;
    this.#issuer = issuer;
    this.#charges = charges;
  }

  /** What was charged; undefined for anything but a receipt of `issuer`. */
  static chargesOf(receipt: unknown, issuer: object): readonly Charge[] | undefined {
    return receipt instanceof RouteReceipt && receipt.#issuer === issuer ? receipt.#charges : undefined;
  }
}
