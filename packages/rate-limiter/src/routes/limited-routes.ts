import { ConfigurationError } from "@keyward/core";
import type { RateLimitReceipt } from "../check/receipt.ts";
import type { CheckOptions, RefundOptions } from "../rate-limiter.ts";
import { matchRoutes, type RouteRequest } from "./match-routes.ts";
import type { ResolvedRoute, ResolvedTable } from "./resolve-routes.ts";
import { type Charge, RouteReceipt } from "./route-receipt.ts";
import type { RouteDecision, RouteTable } from "./route-table.ts";

/** What `createRouteTable` makes: finds the routes that a request may be for, and charges each of their limiters. */
export class LimitedRoutes implements RouteTable {
  readonly #table: ResolvedTable;

  constructor(table: ResolvedTable) {
    this.#table = table;
  }

  match(request: RouteRequest): readonly string[] {
    return matchRoutes(this.#table, request).map(({ name }) => name);
  }

  isUnlimited(request: RouteRequest): boolean {
    return matchRoutes(this.#table, request).every(({ limiter }) => limiter === undefined);
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
    const receipt = charges.length === 0 ? undefined : new RouteReceipt(this, charges);
    return { ...(strictest as RouteDecision), ...(receipt && { receipt }) };
  }

  async refund(receipt: RateLimitReceipt, options: RefundOptions = {}): Promise<boolean> {
    const charges = RouteReceipt.chargesOf(receipt, this);
    if (charges === undefined) {
      throw new ConfigurationError("receipt", "must be the receipt of a decision that this table made");
    }
    const { cost = receipt.cost, ...operation } = options;
    if (cost > receipt.cost)
      throw new ConfigurationError("cost", "is more than the check took; leave it out to give back everything");
    const given = await Promise.all(
      charges.map(({ limiter, receipt: each }) =>
        limiter.refund(each, { ...operation, cost: Math.min(cost, each.cost) }),
      ),
    );
    return given.some(Boolean);
  }
}

async function ask(route: ResolvedRoute, key: string, options: CheckOptions): Promise<RouteDecision> {
  const { name, limiter } = route;
  if (limiter === undefined)
    return { ...unlimited, resetAt: Date.now(), cost: options.cost ?? route.cost, route: name };
  return { ...(await limiter.check(key, optionsFor(route, options))), route: name };
}

function optionsFor({ cost, hasPlans }: ResolvedRoute, options: CheckOptions): CheckOptions {
  const isCosted = options.cost !== undefined || cost === 1;
  if (isCosted && (hasPlans || options.plan === undefined)) return options;
  const { plan, ...rest } = options;
  return { cost, ...rest, ...(hasPlans && plan !== undefined && { plan }) };
}

function isStricter(one: RouteDecision, other: RouteDecision): boolean {
  return one.shadowed === other.shadowed ? one.remaining < other.remaining : one.shadowed;
}

/** What can't be given back stays taken, which is too strict for this caller and too lax for nobody. */
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
