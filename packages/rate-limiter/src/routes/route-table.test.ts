import { BackendError, ConfigurationError, createMemoryBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import type { RateLimit } from "../policy.ts";
import { createRateLimiter } from "../rate-limiter.ts";
import type { Route, RouteTableOptions } from "./route-options.ts";
import { createRouteTable } from "./route-table.ts";

const perMinute = (limit: number): readonly RateLimit[] => [{ limit, window: "1m" }];
const tableOf = (routes: readonly Route[], options: Partial<RouteTableOptions> = {}) =>
  createRouteTable({ routes, default: { limits: perMinute(100) }, ...options });
const get = (path: string) => ({ method: "GET", path });

describe("the table of an app", () => {
  const aiLimits: readonly RateLimit[] = [...perMinute(10), { limit: 100, window: "1d" }];
  const routes: readonly Route[] = [
    { pattern: "/api/ai/*", limits: aiLimits },
    { pattern: "/api/servers/*", limits: perMinute(30) },
    { pattern: "/api/ai/supervisor", limits: aiLimits },
  ];

  it.each([
    ["/api/ai/supervisor", "/api/ai/supervisor", [10, 100]],
    ["/api/ai/other/deep", "/api/ai/*", [10, 100]],
    ["/api/ai", "/api/ai/*", [10, 100]],
    ["/api/servers/7?verbose", "/api/servers/*", [30]],
    ["/api", "default", [100]],
    ["/", "default", [100]],
  ])("limits %s as %s", async (path, route, limits) => {
    const decision = await tableOf(routes).check(get(path), "user-7");
    expect(decision).toMatchObject({ allowed: true, route });
    expect(decision.windows.map(({ limit }) => limit)).toEqual(limits);
  });

  it("doesn't depend on the order of the routes", () => {
    for (const order of [routes, [...routes].reverse()]) {
      expect(tableOf(order).match(get("/api/ai/supervisor"))).toEqual(["/api/ai/supervisor"]);
    }
  });

  it.each([
    "/api/ai/supervisor/",
    "/API/AI/Supervisor",
    "/api/ai/%73upervisor",
    "/api/ai/%2573upervisor",
    "/api//ai/./supervisor",
    "/api/x/../ai/supervisor",
    "/api/x/%2e%2e/ai/supervisor",
    "/api/x/%252e%252e%252fai/supervisor",
    "/api/x/..;/ai/supervisor",
    "/api/x/%c0%ae%c0%ae/ai/supervisor",
    "/api%2fai%2Fsupervisor",
    "/api%5cai%5csupervisor",
    "/api/ai%c0%afsupervisor",
    "/api/ai/supervisor;a=b",
    "/api;v=1/ai/supervisor",
    "/api/ai/supervisor%00.html",
    "/api/ai/supervisor%3f/x",
    "/api/ai/supervisor#x",
    "/api/ai/supervisor. ",
    "/api/ai/superv%C2%ADisor",
    "/api/ai/%u0073upervisor",
    "/api/ai/ＳＵＰＥＲＶＩＳＯＲ",
    "/api/ai／ſupervisor",
    "/api/ai/%EF%BC%85%37%33upervisor",
    "\\api\\ai\\supervisor",
    "//host/api/ai/supervisor",
    "http://host/api/ai/supervisor",
    "http://[::1]:3000/api/ai/supervisor",
    "HTTPS://host:443/api/ai/supervisor?x",
    "http:\\\\host\\api\\ai\\supervisor",
    "http:///host/api/ai/supervisor",
    `/${"x/../".repeat(1_000)}api/ai/supervisor`,
    `/${"/".repeat(3_000)}api/ai/supervisor`,
  ])("charges the supervisor for %j", (path) => {
    expect(tableOf(routes).match(get(path))).toContain("/api/ai/supervisor");
  });
});

describe("createRouteTable", () => {
  it("counts by pattern: two paths of one share, two patterns don't, and callers don't", async () => {
    const table = tableOf([
      { pattern: "/a/:id", limits: perMinute(2) },
      { pattern: "/b/:id", limits: perMinute(2) },
    ]);
    const remaining = async (path: string, key: string) => (await table.check(get(path), key)).remaining;
    expect(await remaining("/a/1", "user")).toBe(1);
    expect(await remaining("/a/2", "user")).toBe(0);
    expect(await remaining("/b/1", "user")).toBe(1);
    expect(await remaining("/a/1", "other")).toBe(1);
  });

  it("counts patterns separately on a backend, too, and shares the counts between instances", async () => {
    const backend = createMemoryBackend();
    const routes = [
      { pattern: "/a/*", limits: perMinute(2) },
      { pattern: "/größe/*", limits: perMinute(2) },
    ];
    const [one, other] = [tableOf(routes, { backend }), tableOf(routes, { backend })];
    await one.check(get("/a/1"), "user");
    expect((await other.check(get("/a/2"), "user")).remaining).toBe(0);
    expect((await other.check(get("/gr%C3%B6%C3%9Fe/2"), "user")).remaining).toBe(1);
  });

  it("counts the patterns of one route together, such as a path and its rewrite", async () => {
    const table = tableOf([{ pattern: ["/api/ai/supervisor", "/ai"], limits: perMinute(2) }]);
    await table.check(get("/ai"), "user");
    expect(await table.check(get("/api/ai/supervisor"), "user")).toMatchObject({
      remaining: 0,
      route: "/api/ai/supervisor",
    });
  });

  it("distinguishes methods if a route lists them, and takes HEAD for GET", async () => {
    const table = tableOf([
      { pattern: "/a", methods: ["post", "PUT"], limits: perMinute(2) },
      { pattern: "/a", methods: ["GET"], limits: perMinute(3) },
      { pattern: "/a", limits: perMinute(4) },
      { pattern: "/b", methods: ["GET"], limits: perMinute(5) },
    ]);
    const limitOf = async (method: string, path = "/a") => (await table.check({ method, path }, "user")).limit;
    expect(await Promise.all(["POST", "put", "GET", "HEAD", "DELETE"].map((each) => limitOf(each)))).toEqual([
      2, 2, 3, 3, 4,
    ]);
    expect(await limitOf("POST", "/b")).toBe(100);
  });

  it("prefers, from left to right, a name to any segment, and any segment to everything below", () => {
    const table = tableOf(
      ["/*", "/:a/b", "/a/*", "/a/:b/c", "/a/b/*"].map((pattern) => ({ pattern, limits: perMinute(1) })),
    );
    const matches = (path: string) => table.match(get(path));
    expect(["/a/b/c", "/a/x/c", "/a/x/d", "/x/b", "/x/y"].map(matches)).toEqual([
      ["/a/b/*"],
      ["/a/:b/c"],
      ["/a/*"],
      ["/:a/b"],
      ["/*"],
    ]);
  });

  it("removes the prefixes that may precede any route", () => {
    const table = tableOf([{ pattern: "/a", limits: perMinute(1) }], { prefixes: ["/docs", "/en", "/fr"] });
    expect(table.match(get("/docs/fr/a"))).toEqual(["/a"]);
    expect(table.match(get("/docs/de/a"))).toEqual(["default"]);
    expect(table.match(get("/DOCS/a"))).toEqual(["/a", "default"]);
    expect(table.match(get("/.//docs/a"))).toContain("/a");
  });

  it("charges the cost and the plan that a route or a check names, and leaves routes without plans alone", async () => {
    const table = tableOf([
      { pattern: "/a", limits: perMinute(10), plans: { pro: perMinute(50) }, cost: 4 },
      { pattern: "/b", limits: perMinute(10) },
    ]);
    expect((await table.check(get("/a"), "user")).remaining).toBe(6);
    expect((await table.check(get("/a"), "user", { cost: 1 })).remaining).toBe(5);
    expect((await table.check(get("/a"), "other", { plan: "pro" })).remaining).toBe(46);
    expect((await table.check(get("/b"), "user", { plan: "pro" })).remaining).toBe(9);
    await expect(table.check(get("/a"), "user", { plan: "por" })).rejects.toThrow(ConfigurationError);
  });

  it("never refuses or counts what is unlimited", async () => {
    const table = tableOf([{ pattern: "/health", limits: "unlimited" }]);
    const decision = await table.check(get("/health"), "user", { cost: 1_000 });
    expect(decision).toMatchObject({ allowed: true, reason: "exempt", windows: [], route: "/health" });
    expect(decision.receipt).toBeUndefined();
  });

  it("says whether a request is unlimited by every reading", () => {
    const table = tableOf([
      { pattern: "/health", limits: "unlimited" },
      { pattern: "/public/*", limits: "unlimited" },
    ]);
    expect(["/health", "/public/%61.png"].map((path) => table.isUnlimited(get(path)))).toEqual([true, true]);
    expect(["/", "/health/", "/public/%2e%2e/x"].map((path) => table.isUnlimited(get(path)))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("takes a limiter that was made elsewhere, which routes may share", async () => {
    const limiter = createRateLimiter({ limits: perMinute(2) });
    const table = tableOf([
      { pattern: "/a", limiter },
      { pattern: "/b", limiter },
    ]);
    await table.check(get("/a"), "user");
    expect((await table.check(get("/b"), "user")).remaining).toBe(0);
    expect((await limiter.peek("user")).remaining).toBe(0);
  });

  it("gives every route the options that are given once", async () => {
    const table = tableOf([{ pattern: "/a", limits: perMinute(1) }], { mode: "shadow", deny: ["mallory"] });
    expect(await table.check(get("/a"), "mallory")).toMatchObject({ allowed: true, shadowed: true, reason: "blocked" });
    expect(await table.check(get("/b"), "mallory")).toMatchObject({ shadowed: true });
  });
});

describe("an ambiguous path", () => {
  const routes: readonly Route[] = [
    { pattern: "/api/ai/supervisor", limits: perMinute(2) },
    { pattern: "/api/ai/*", limits: perMinute(5) },
    { pattern: "/health", limits: "unlimited" },
  ];
  const ambiguous = get("/health/../api/ai/%73upervisor");

  it("is charged to each route that it may mean, and decided by the strictest", async () => {
    const table = tableOf(routes);
    expect(table.match(ambiguous)).toEqual(["/api/ai/supervisor", "/api/ai/*", "default"]);
    expect(await table.check(ambiguous, "user")).toMatchObject({ remaining: 1, route: "/api/ai/supervisor" });
    expect((await table.check(get("/api/ai/supervisor"), "user")).remaining).toBe(0);
    expect((await table.check(get("/api/ai/x"), "user")).remaining).toBe(3);
    expect((await table.check(get("/x"), "user")).remaining).toBe(98);
  });

  it("takes nothing from the others if one refuses", async () => {
    const table = tableOf(routes);
    for (let count = 0; count < 2; count += 1) await table.check(get("/api/ai/supervisor"), "user");
    expect(await table.check(ambiguous, "user")).toMatchObject({ allowed: false, route: "/api/ai/supervisor" });
    expect((await table.check(get("/x"), "user")).remaining).toBe(99);
    expect((await table.check(get("/api/ai/x"), "user")).remaining).toBe(4);
  });

  it("gives back what was taken before another refused", async () => {
    const table = tableOf([
      { pattern: "/api/ai/supervisor", limits: perMinute(5) },
      { pattern: "/api/ai/*", limits: perMinute(1) },
    ]);
    await table.check(get("/api/ai/x"), "user");
    expect(await table.check(get("/api/ai/Supervisor"), "user")).toMatchObject({ allowed: false, route: "/api/ai/*" });
    expect((await table.check(get("/api/ai/supervisor"), "user")).remaining).toBe(4);
  });

  it("gives no more calls of a route than its limit, however spellings are mixed", async () => {
    const table = tableOf(routes);
    const spellings = [
      "/api/ai/supervisor",
      "/API/ai/supervisor",
      "/api/ai/supervisor/",
      "/health/../api/ai/supervisor",
    ];
    const allowed = [];
    for (const path of [...spellings, ...spellings]) allowed.push((await table.check(get(path), "user")).allowed);
    expect(allowed.filter(Boolean)).toHaveLength(2);
  });

  it("may be given as several paths, of which the app uses one", () => {
    expect(tableOf(routes).match({ method: "GET", path: ["/health", "/api/ai/supervisor"] })).toEqual([
      "/health",
      "/api/ai/supervisor",
    ]);
  });

  it("is refunded as a whole by one receipt, once", async () => {
    const table = tableOf(routes);
    const { receipt } = await table.check(ambiguous, "user");
    expect(await table.refund(receipt!)).toBe(true);
    expect(await table.refund(receipt!)).toBe(false);
    expect((await table.check(get("/api/ai/supervisor"), "user")).remaining).toBe(1);
    expect((await table.check(get("/x"), "user")).remaining).toBe(99);
  });

  it("refunds in part what routes charged differently", async () => {
    const table = tableOf([{ ...routes[0]!, limits: perMinute(10), cost: 3 }]);
    const { receipt } = await table.check(get("/API/ai/supervisor"), "user");
    await table.refund(receipt!, { cost: 2 });
    expect((await table.check(get("/api/ai/supervisor"), "user", { cost: 0 })).remaining).toBe(9);
    expect((await table.check(get("/x"), "user", { cost: 0 })).remaining).toBe(100);
  });

  it("takes nothing if the limiter of a route fails", async () => {
    const failure = new BackendError("BACKEND_UNAVAILABLE", "gone", {
      operation: "run:check",
      outcome: "not-applied",
      retryable: true,
    });
    const limiter = { check: () => Promise.reject(failure), refund: () => Promise.resolve(false) };
    const table = tableOf([
      { pattern: "/a", limits: perMinute(5) },
      { pattern: "/*", limiter },
    ]);
    await expect(table.check(get("/A"), "user")).rejects.toBe(failure);
    expect((await table.check(get("/a"), "user")).remaining).toBe(4);
  });
});

describe("what can't be a table", () => {
  const limits = perMinute(1);
  it.each<[field: string, routes: unknown, options?: Record<string, unknown>]>([
    ["routes", {}],
    ["routes[0].pattern", [{ pattern: "api/x", limits }]],
    ["routes[0].pattern", [{ pattern: "/a//b", limits }]],
    ["routes[0].pattern", [{ pattern: "/a/x*", limits }]],
    ["routes[0].pattern", [{ pattern: "/a/**", limits }]],
    ["routes[0].pattern", [{ pattern: "/a/:id?", limits }]],
    ["routes[0].pattern", [{ pattern: "/a/..", limits }]],
    ["routes[0].pattern", [{ pattern: "/a%20b", limits }]],
    ["routes[0].pattern", [{ pattern: "/a;v=1", limits }]],
    ["routes[0].pattern", [{ pattern: "/a?b", limits }]],
    ["routes[0].pattern", [{ pattern: `/${"a".repeat(200)}`, limits }]],
    ["routes[0].pattern", [{ limits }]],
    ["routes[0].pattern", [{ pattern: [], limits }]],
    ["routes[0].pattern[1]", [{ pattern: ["/a", "b"], limits }]],
    [
      "routes[1].pattern",
      [
        { pattern: "/a/:id", limits },
        { pattern: "/A/*/", limits },
      ],
    ],
    [
      "routes[1].pattern",
      [
        { pattern: "/a", methods: ["GET", "PUT"], limits },
        { pattern: "/a", methods: ["put"], limits },
      ],
    ],
    ["routes[0].methods", [{ pattern: "/a", methods: [], limits }]],
    ["routes[0].methods", [{ pattern: "/a", methods: "GET", limits }]],
    ["routes[0].limits", [{ pattern: "/a", limits: [] }]],
    ["routes[0].limits[0].limit", [{ pattern: "/a", limits: [{ limit: 0, window: "1m" }] }]],
    ["routes[0].plans.pro[0].window", [{ pattern: "/a", limits, plans: { pro: [{ limit: 1, window: "no" }] } }]],
    ["routes[0]", [{ pattern: "/a" }]],
    ["routes[0].limiter", [{ pattern: "/a", limits, limiter: createRateLimiter({ limits }) }]],
    ["routes[0].limiter", [{ pattern: "/a", limiter: {} }]],
    ["routes[0].plans", [{ pattern: "/a", limits: "unlimited", plans: { pro: limits } }]],
    ["routes[0].pattern", [{ pattern: `/${"é".repeat(30)}`, limits }]],
    ["routes[0].pattern", [{ pattern: "/a\ud800", limits }]],
    ["routes[0].cost", [{ pattern: "/a", limits, cost: 0.5 }]],
    ["default", [], { default: undefined }],
    ["prefixes", [], { prefixes: "/docs" }],
    ["prefixes[0]", [], { prefixes: ["/docs/*"] }],
    ["prefixes[0]", [], { prefixes: ["/"] }],
    ["algorithm", [{ pattern: "/a", limits }], { algorithm: "none" }],
    ["name", [], { name: "two words" }],
    ["onBackEndError", [], { onBackEndError: "deny" }],
    ["routes[0].path", [{ path: "/a", limits }]],
    ["routes[0].method", [{ pattern: "/a", method: "GET", limits }]],
    ["default.limit", [], { default: { limit: 1, window: "1m" } }],
  ])("is a ConfigurationError for %s: %j", (field, routes, options = {}) => {
    const create = () => tableOf(routes as readonly Route[], options as Partial<RouteTableOptions>);
    expect(create).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID", field }));
  });

  it("is a ConfigurationError for a request without method or path, and for a foreign receipt", async () => {
    const table = tableOf([]);
    await expect(table.check({ method: "GET" } as never, "user")).rejects.toThrow(/^path/);
    await expect(table.check({ path: "/" } as never, "user")).rejects.toThrow(/^method/);
    const { receipt } = await createRateLimiter({ limits }).check("user");
    await expect(table.refund(receipt!)).rejects.toThrow(ConfigurationError);
  });
});
