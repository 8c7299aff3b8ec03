import { createRateLimiter, createRouteTable } from "@keyward/rate-limiter";
import { NextRequest, NextResponse } from "next/server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { rateLimitProxy } from "./rate-limit-proxy.ts";
import { withRateLimit } from "./with-rate-limit.ts";

const key = () => "user";
const table = createRouteTable({
  routes: [
    { pattern: "/api/ai/supervisor", limits: [{ limit: 1_000, window: "1m" }] },
    { pattern: "/api/*", limits: [{ limit: 1_000, window: "1m" }] },
  ],
  default: { limits: [{ limit: 1_000, window: "1m" }] },
});

const i18n = { locales: ["en", "fr"], defaultLocale: "en" };

type NextInit = NonNullable<ConstructorParameters<typeof NextRequest>[1]>;

/** The routes that the table charges for what Next.js makes of a URL. */
async function chargedFor(path: string, nextConfig: NextInit["nextConfig"] = {}, headers: Record<string, string> = {}) {
  const asked: unknown[] = [];
  const limiter = {
    match: table.match.bind(table),
    refund: table.refund.bind(table),
    isUnlimited: table.isUnlimited.bind(table),
    check(request: Parameters<typeof table.check>[0], ...rest: [string]) {
      asked.push(...table.match(request));
      return table.check(request, ...rest);
    },
  };
  await rateLimitProxy(limiter, { key })(
    new NextRequest(new URL(path, "https://app.example"), { nextConfig, headers }),
  );
  return asked;
}

describe("the path that Next.js knows", () => {
  it.each([
    ["/api/ai/supervisor", {}],
    ["/api/x/../ai/supervisor?x", {}],
    ["/docs/api/ai/supervisor", { basePath: "/docs" }],
    ["/fr/api/ai/supervisor", { i18n }],
    ["/docs/fr/api/ai/supervisor/", { basePath: "/docs", trailingSlash: true, i18n }],
    ["/api/ai/supervisor/", { trailingSlash: true }],
  ])("is charged to its route alone: %s", async (path, config) => {
    expect(await chargedFor(path, config)).toEqual(["/api/ai/supervisor"]);
  });

  it.each([
    "/_next/data/build-1/api/ai/supervisor.json",
    "/docs/_next/data/build-1/api/ai/supervisor.json",
    "/api/ai/supervisor.rsc",
    "/api/ai/supervisor.prefetch.rsc",
    "/api/ai/supervisor.segments/_tree.segment.rsc",
    "/api/ai/%73upervisor",
  ])("is charged to the route behind it too: %s", async (path) => {
    expect(await chargedFor(path, { basePath: "/docs" })).toContain("/api/ai/supervisor");
  });

  it.each([
    "/fr/docs/fr/api/ai/supervisor",
    "/en/docs/EN/api/ai/supervisor/",
    "/fr/docs/_next/data/build-1/fr/api/ai/supervisor.json",
  ])("is found where a proxy is told of base path and locale twice: %s", async (path) => {
    expect(await chargedFor(path, { basePath: "/docs", i18n })).toContain("/api/ai/supervisor");
  });

  it("is charged to the route that catches all, too, where data in another locale are asked for", async () => {
    const data = { "x-nextjs-data": "1" };
    expect(await chargedFor("/fr/api/ai/supervisor", { i18n }, data)).toEqual(["/api/ai/supervisor", "/api/*"]);
    expect(await chargedFor("/en/api/ai/supervisor", { i18n }, data)).toEqual(["/api/ai/supervisor"]);
  });

  it("may be any where a handler isn't told the path of the data that it is asked for", async () => {
    const all = ["/api/ai/supervisor", "/api/*", "default"];
    expect(await chargedFor("/_next/data/build-1/index/api/ai/supervisor.json")).toEqual(all);
  });

  describe("with skipProxyUrlNormalize", () => {
    afterEach(() => void vi.unstubAllEnvs());

    it.each([
      "/_next/data/build-1/docs/api/ai/supervisor.json",
      "/docs/_next/data/build-1/index/api/ai/supervisor.json",
      "/docs/_next/data/build-1/_next/data/build-1/api/ai/supervisor.json.json",
      `/docs${"/_next/data/build-1".repeat(20)}/api/ai/supervisor.json`,
    ])("is charged to the route behind it too: %s", async (path) => {
      vi.stubEnv("__NEXT_NO_MIDDLEWARE_URL_NORMALIZE", "true");
      expect(await chargedFor(path, { basePath: "/docs" })).toContain("/api/ai/supervisor");
    });
  });
});

describe("rateLimitProxy", () => {
  it("lets through as NextResponse.next() does, and says what is left", async () => {
    const limiter = createRateLimiter({ limits: [{ limit: 1, window: "1m" }] });
    const proxy = rateLimitProxy<NextRequest>(limiter, { key: ({ nextUrl }) => nextUrl.hostname });
    const request = new NextRequest("https://app.example/api");
    const passed = await proxy(request);
    for (const [name, value] of NextResponse.next().headers) expect(passed.headers.get(name)).toBe(value);
    expect(passed.headers.get("ratelimit")).toBe('"1m";r=0;t=60');
    expect((await proxy(request)).status).toBe(429);
  });

  it.each(["path", "refundOn"])("refuses %s, which a proxy can't keep", (field) => {
    const limiter = createRateLimiter({ limits: [{ limit: 1, window: "1m" }] });
    const options = { key, [field]: field === "path" ? "/api" : () => true };
    expect(() => rateLimitProxy(limiter, options)).toThrow(expect.objectContaining({ field }));
  });

  it("is what withRateLimit makes of a proxy of one's own, which keeps what that one answers", async () => {
    const limiter = createRateLimiter({ limits: [{ limit: 9, window: "1m" }] });
    const proxy = withRateLimit(() => NextResponse.rewrite("https://app.example/other"), limiter, { key });
    const { headers } = await proxy(new NextRequest("https://app.example/api"));
    expect(headers.get("x-middleware-rewrite")).toBe("https://app.example/other");
    expect(headers.get("ratelimit")).toMatch(/r=8/);
    const silent = withRateLimit(() => undefined as unknown as Response, limiter, { key });
    expect(await silent(new NextRequest("https://app.example/api"))).toBeUndefined();
  });
});
