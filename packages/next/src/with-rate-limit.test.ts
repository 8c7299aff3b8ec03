import { ConfigurationError } from "@keyward/core";
import {
  createRateLimiter,
  createRouteTable,
  type RateLimiter,
  type RateLimiterOptions,
  rateLimitDecision,
} from "@keyward/rate-limiter";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { RateLimitOptions } from "./rate-limit-options.ts";
import { withRateLimit } from "./with-rate-limit.ts";

afterEach(() => vi.restoreAllMocks());

const key = () => "user";
const done = () => new Response("done");
const ask = (path = "/", init: RequestInit = {}) => new Request(`https://app.example${path}`, init);

function limiterOf(limit: number, more: Partial<RateLimiterOptions> = {}): RateLimiter {
  return createRateLimiter({ limits: [{ limit, window: "1m", name: "minute" }], ...more });
}

describe("withRateLimit", () => {
  it("passes request and context on, and says what is left on success", async () => {
    const handler = vi.fn(async (_request: Request, context: { params: Promise<{ id: string }> }) =>
      Response.json(await context.params),
    );
    const limited = withRateLimit(handler, limiterOf(2), { key });
    const response = await limited(ask(), { params: Promise.resolve({ id: "7" }) });
    expect(await response.json()).toEqual({ id: "7" });
    expect(response.headers.get("ratelimit-policy")).toBe('"minute";q=2;w=60');
    expect(response.headers.get("ratelimit")).toBe('"minute";r=1;t=60');
  });

  it("answers a refused request with 429, when to come back, and a problem body, without the handler", async () => {
    const handler = vi.fn(done);
    const limited = withRateLimit(handler, limiterOf(1), { key });
    await limited(ask());
    const refused = await limited(ask());
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(await refused.json()).toMatchObject({ status: 429, "violated-policies": ["minute"] });
    expect(handler).toHaveBeenCalledOnce();
  });

  it("adds headers to responses whose headers can't be changed, and keeps the rest of them", async () => {
    const fetched = await fetch(`data:text/plain,fetched`);
    const limited = withRateLimit(() => fetched, limiterOf(9), { key });
    const response = await limited(ask());
    expect([await response.text(), response.headers.get("content-type")]).toEqual(["fetched", "text/plain"]);
    expect(response.headers.get("ratelimit")).toMatch(/r=8/);
    const redirect = await withRateLimit(() => Response.redirect("https://a.example/", 302), limiterOf(9), { key })(
      ask(),
    );
    expect([redirect.status, redirect.headers.get("location")]).toEqual([302, "https://a.example/"]);
    expect(redirect.headers.has("ratelimit")).toBe(true);
    const failed = await withRateLimit(() => Response.error(), limiterOf(9), { key })(ask());
    expect(failed.type).toBe("error");
  });

  it("passes a stream through as it comes", async () => {
    let push: (text: string) => void = () => undefined;
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        push = (text) => controller.enqueue(new TextEncoder().encode(text));
      },
    });
    const cookies = new Headers([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
    const limited = withRateLimit(() => new Response(stream, { headers: cookies }), limiterOf(9), { key });
    const response = await limited(ask());
    expect(response.body).toBe(stream);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    const reader = response.body!.getReader();
    for (const part of ["one", "two"]) {
      push(part);
      expect(new TextDecoder().decode((await reader.read()).value)).toBe(part);
    }
  });

  it("writes headers in the style that was asked for", async () => {
    const limited = withRateLimit(done, limiterOf(2), { key, headers: ["x-ratelimit", "draft-7"] });
    const { headers } = await limited(ask());
    expect([headers.get("x-ratelimit-remaining"), headers.get("ratelimit")]).toEqual([
      "1",
      "limit=2, remaining=1, reset=60",
    ]);
  });

  it("counts each key separately, with the cost and the plan that functions return", async () => {
    const limited = withRateLimit(done, limiterOf(10, { plans: { free: [{ limit: 3, window: "1m" }] } }), {
      key: async ({ headers }) => headers.get("x-user") ?? "",
      cost: ({ headers }) => Number(headers.get("x-cost")),
      plan: ({ headers }) => headers.get("x-plan") ?? undefined,
    });
    const left = async (headers: Record<string, string>) =>
      (await limited(ask("/", { headers }))).headers.get("ratelimit");
    expect(await left({ "x-user": "a", "x-cost": "4" })).toMatch(/"minute";r=6/);
    expect(await left({ "x-user": "b", "x-cost": "2", "x-plan": "free" })).toMatch(/"1m";r=1/);
    await expect(left({ "x-cost": "1" })).rejects.toThrow(ConfigurationError);
  });

  it("doesn't limit skipped requests, nor add headers to them", async () => {
    const limited = withRateLimit(done, limiterOf(1), { key, skip: async ({ method }) => method === "OPTIONS" });
    for (let count = 0; count < 3; count += 1) {
      const response = await limited(ask("/", { method: "OPTIONS" }));
      expect([response.status, response.headers.get("ratelimit")]).toEqual([200, null]);
    }
    expect((await limited(ask())).status).toBe(200);
  });

  it("answers by itself if onLimit returns nothing, which would let a request through a proxy", async () => {
    const limited = withRateLimit(done, limiterOf(1), { key, cost: 2, onLimit: () => undefined as never });
    expect((await limited(ask())).status).toBe(429);
  });

  it("leaves the answer to onLimit, and adds headers to it", async () => {
    const onLimit: NonNullable<RateLimitOptions["onLimit"]> = (_request, { limit }) =>
      Response.json({ slow: limit }, { status: 503 });
    const limited = withRateLimit(done, limiterOf(1), { key, onLimit });
    await limited(ask());
    const refused = await limited(ask());
    expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toEqual([
      503,
      "60",
      { slow: 1 },
    ]);
  });

  it("tells onDecision each decision and its request, and ignores what that throws", async () => {
    const onDecision = vi.fn(() => {
      throw new Error("log is full");
    });
    const request = ask();
    await withRateLimit(done, limiterOf(1), { key, onDecision })(request);
    expect(onDecision).toHaveBeenCalledWith(expect.objectContaining({ remaining: 0 }), request, expect.any(Number));
    expect(rateLimitDecision(request)).toMatchObject({ allowed: true });
    expect(rateLimitDecision(ask())).toBeUndefined();
  });

  it.each([
    ["the handler", {}],
    ["key", { key: () => Promise.reject(new Error("broken")) }],
    ["cost", { cost: () => Promise.reject(new Error("broken")) }],
    ["skip", { skip: () => Promise.reject(new Error("broken")) }],
  ] satisfies [string, Partial<RateLimitOptions>][])("rejects with what %s throws", async (_name, options) => {
    const handler = () => {
      throw new Error("broken");
    };
    await expect(withRateLimit(handler, limiterOf(1), { key, ...options })(ask())).rejects.toThrow("broken");
  });
});

describe("refundOn", () => {
  const failing = { refundOn: (_: Request, response: Response | undefined) => (response?.status ?? 500) >= 500 };

  it("gives back what a failed request took, whether it answered or threw", async () => {
    const limiter = limiterOf(1);
    const answers = [() => new Response("", { status: 500 }), () => Promise.reject(new Error("broken")), done];
    const limited = withRateLimit(() => answers.shift()!(), limiter, { key, ...failing });
    expect((await limited(ask())).status).toBe(500);
    await expect(limited(ask())).rejects.toThrow("broken");
    expect((await limited(ask())).status).toBe(200);
    expect((await limited(ask())).status).toBe(429);
  });

  it("gives back nothing if it resolves to false", async () => {
    const limited = withRateLimit(done, limiterOf(1), { key, refundOn: async () => false });
    expect((await limited(ask())).status).toBe(200);
    expect((await limited(ask())).status).toBe(429);
  });

  it("never makes an answer fail", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const limiter = { check: limiterOf(9).check.bind(limiterOf(9)), refund: () => Promise.reject(new Error("secret")) };
    const response = await withRateLimit(done, limiter, { key, refundOn: () => true })(ask());
    expect([response.status, warn.mock.calls.join()]).toEqual([200, expect.not.stringContaining("secret")]);
    const onRefundError = vi.fn();
    await withRateLimit(done, limiter, { key, refundOn: () => true, onRefundError })(ask());
    expect(onRefundError).toHaveBeenCalledOnce();
    expect(warn).toHaveBeenCalledOnce();
  });
});

describe("a table instead of a limiter", () => {
  const table = createRouteTable({
    routes: [{ pattern: "/api/ai/*", limits: [{ limit: 1, window: "1m" }] }],
    default: { limits: [{ limit: 9, window: "1m" }] },
  });

  it("uses the request's path, or the one that the handler is given", async () => {
    const routes: (string | undefined)[] = [];
    const options = { key, onDecision: ({ route }: { route?: string }) => void routes.push(route) };
    await withRateLimit(done, table, options)(ask("/API/ai/../ai/x?y"));
    await withRateLimit(done, table, options)(ask("/other"));
    await withRateLimit(done, table, { ...options, path: "/api/ai/x" })(ask("/rewritten"));
    expect(routes).toEqual(["/api/ai/*", "default", "/api/ai/*"]);
  });

  it("asks for no key, cost or plan if nothing is counted, as for probes that don't come through the proxy", async () => {
    const health = createRouteTable({
      routes: [{ pattern: "/health", limits: "unlimited" }],
      default: { limits: [{ limit: 9, window: "1m" }] },
    });
    const onDecision = vi.fn();
    const unknown = () => Promise.reject(new Error("who?"));
    const limited = withRateLimit(done, health, { key: unknown, cost: unknown, plan: unknown, onDecision });
    expect((await limited(ask("/health"))).status).toBe(200);
    expect(onDecision.mock.lastCall?.[0]).toMatchObject({ allowed: true, reason: "exempt", route: "/health" });
    await expect(limited(ask("/health/"))).rejects.toThrow("who?");
  });
});

describe("what can't be limited", () => {
  it.each([
    ["key", {}],
    ["key", { key: "user" }],
    ["cost", { key, cost: 1.5 }],
    ["plan", { key, plan: 1 }],
    ["path", { key, path: "api" }],
    ["headers", { key, headers: "draft-8" }],
    ["onLimit", { key, onLimit: "no" }],
    ["keyGenerator", { key, keyGenerator: key }],
  ])("is a ConfigurationError for %s: %j", (field, options) => {
    const make = () => withRateLimit(done, limiterOf(1), options as never);
    expect(make).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID", field }));
  });

  it("is a ConfigurationError for a handler that isn't one", () => {
    expect(() => withRateLimit(undefined as never, limiterOf(1), { key })).toThrow(/^handler/);
  });

  it("is a ConfigurationError for a limiter that isn't one, or can't refund", () => {
    expect(() => withRateLimit(done, {} as never, { key })).toThrow(/^limiter/);
    const { check } = limiterOf(1);
    expect(() => withRateLimit(done, { check }, { key, refundOn: () => true })).toThrow(/^refundOn/);
  });
});
