import { ConfigurationError } from "@keyward/core";
import type { CheckOptions, RefundOptions } from "../rate-limiter.ts";
import type { RateLimitReceipt } from "../receipt.ts";
import { matchRoutes, type RouteRequest } from "./match-routes.ts";
import type { ResolvedRoute, ResolvedTable } from "./resolve-routes.ts";
import type { RouteLimiter } from "./route-options.ts";
import type { RouteDecision, RouteTable } from "./route-table.ts";

interface Charge {
  readonly limiter: RouteLimiter;
  readonly receipt: RateLimitReceipt;
}

/** What `createRouteTable` makes. */
export class LimitedRoutes implements RouteTable {
  readonly #table: ResolvedTable;
  /** By the receipt that the caller has: all that was charged. */
  readonly #charges = new WeakMap<RateLimitReceipt, readonly Charge[]>();

  constructor(table: ResolvedTable) {
    this.#table = table;
  }

  match(request: RouteRequest): readonly string[] {
    return matchRoutes(this.#table, request).map(({ name }) => name);
  }

  async check(request: RouteRequest, key: string, options: CheckOptions = {}): Promise<RouteDecision> {
    const charges: Charge[] = [];
    let strictest: RouteDecision | undefined;
    try {
      for (const route of matchRoutes(this.#table, request)) {
        const decision = await ask(route, key, options);
        if (!decision.allowed) {
          await giveBack(charges);
          return decision;
        }
        const { receipt } = decision;
        if (receipt !== undefined && route.limiter !== undefined) charges.push({ limiter: route.limiter, receipt });
        if (strictest === undefined || isStricter(decision, strictest)) strictest = decision;
      }
    } catch (error) {
      await giveBack(charges);
      throw error;
    }
    return this.#withReceipt(strictest as RouteDecision, charges);
  }

  async refund(receipt: RateLimitReceipt, options: RefundOptions = {}): Promise<boolean> {
    const charges = this.#charges.get(receipt);
    if (charges === undefined) {
      throw new ConfigurationError("receipt", "takes the receipt of one of this table's decisions");
    }
    const { cost, ...operation } = options;
    const given = await Promise.all(
      charges.map(({ limiter, receipt: each }) => {
        if (cost === undefined) return limiter.refund(each, operation);
        // Routes may differ in what they charge; only more than the caller's own receipt is a mistake.
        return limiter.refund(each, { ...operation, cost: each === receipt ? cost : Math.min(cost, each.cost) });
      }),
    );
    return given.some(Boolean);
  }

  #withReceipt(decision: RouteDecision, charges: readonly Charge[]): RouteDecision {
    const receipt = decision.receipt ?? charges[0]?.receipt;
    if (receipt === undefined) return decision;
    this.#charges.set(receipt, charges);
    return decision.receipt === receipt ? decision : { ...decision, receipt };
  }
}

async function ask(route: ResolvedRoute, key: string, options: CheckOptions): Promise<RouteDecision> {
  const { name, limiter, hasPlans } = route;
  const { cost = route.cost, plan, ...operation } = options;
  if (limiter === undefined) return { ...unlimited, resetAt: Date.now(), cost, route: name };
  const decision = await limiter.check(key, { ...operation, cost, ...(hasPlans && plan !== undefined && { plan }) });
  return { ...decision, route: name };
}

function isStricter(one: RouteDecision, other: RouteDecision): boolean {
  return one.shadowed === other.shadowed ? one.remaining < other.remaining : one.shadowed;
}

/** What can't be given back stays taken: that is too strict for this caller, and for nobody too lax. */
async function giveBack(charges: readonly Charge[]): Promise<void> {
  await Promise.allSettled(charges.map(({ limiter, receipt }) => limiter.refund(receipt)));
}

const unlimited = {
  allowed: true,
  reason: "exempt",
  limit: Number.POSITIVE_INFINITY,
  remaining: Number.POSITIVE_INFINITY,
  retryAfterMs: 0,
  windows: [],
  shadowed: false,
} as const;
