import { describe, expect, it, vi } from "vitest";
import { createRateLimiter } from "../../rate-limiter.ts";
import { createRouteTable } from "../../routes/route-table.ts";
import { decideOnRequest, rateLimitDecision } from "./decide-on-request.ts";

interface Ask {
  readonly user: string;
  readonly path: string;
}

const limits = [{ limit: 5, window: "1m" }] as const;
const routeOf = ({ path }: Ask) => ({ method: "GET", path });
const key = async ({ user }: Ask) => user;

describe("decideOnRequest", () => {
  it("uses what the functions of the request return, and asks a limiter without a route", async () => {
    const limiter = createRateLimiter({ limits, plans: { pro: [{ limit: 20, window: "1m" }] } });
    const route = vi.fn(routeOf);
    const options = { key, cost: async () => 3, plan: ({ user }: Ask) => (user === "kim" ? "pro" : undefined) };
    const ask = (user: string) => decideOnRequest(limiter, options, { user, path: "/" }, route);
    expect(await ask("kim")).toMatchObject({ allowed: true, remaining: 17 });
    expect(await ask("lee")).toMatchObject({ allowed: true, remaining: 2 });
    expect(await ask("lee")).toMatchObject({ allowed: false, remaining: 2 });
    expect(route).not.toHaveBeenCalled();
  });

  it("asks a table with the route", async () => {
    const table = createRouteTable({ routes: [{ pattern: "/a", limits }], default: { limits: "unlimited" } });
    const decision = await decideOnRequest(table, { key }, { user: "kim", path: "/A/" }, routeOf);
    expect(decision).toMatchObject({ route: "/a", remaining: 4 });
  });

  it("remembers the decision before it tells onDecision, and ignores what that throws", async () => {
    const seen: unknown[] = [];
    const onDecision = (decision: unknown, request: Ask, durationMs: number) => {
      seen.push(rateLimitDecision(request) === decision, durationMs >= 0);
      throw new Error("no");
    };
    const request = { user: "kim", path: "/" };
    expect(rateLimitDecision(request)).toBeUndefined();
    const decision = await decideOnRequest(createRateLimiter({ limits }), { key, onDecision }, request, routeOf);
    expect([...seen, rateLimitDecision(request)]).toEqual([true, true, decision]);
  });
});
