import { readFileSync } from "node:fs";
import * as glue from "@keyward/next";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { examplesIn, runExample } from "./fixtures/run-example.ts";
import * as keyward from "./index.ts";

const examples = examplesIn(readFileSync(new URL("../../next/README.md", import.meta.url), "utf8"));
const modules = { "@keyward/next": glue, keyward };
type Handler = (request: Request, ...rest: unknown[]) => Promise<Response>;

beforeAll(() => {
  vi.stubEnv("REDIS_ENABLED", "false");
});
afterAll(() => {
  vi.unstubAllEnvs();
});

/** What the one example that holds `mark` exports, and what it prints. */
async function run(mark: string, globals: Readonly<Record<string, unknown>> = {}) {
  const found = examples.filter((code) => code.includes(mark));
  expect(found).toHaveLength(1);
  return runExample(found[0] ?? "", modules, globals);
}

/** Who else is limited in this process is another caller: an app without a store has one for all its limiters. */
const caller = "198.51.100.20";
const ask = (path: string, init: RequestInit = {}) =>
  new Request(`https://app.example${path}`, {
    ...init,
    headers: { "x-vercel-forwarded-for": caller, "x-real-ip": caller, "cf-connecting-ip": caller },
  });

describe("the README of @keyward/next", () => {
  it("limits a route handler in its first example", async () => {
    const POST = (await run("app/api/ai/supervisor/route.ts")).exports["POST"] as Handler;
    const post = () => POST(ask("/api/ai/supervisor", { method: "POST", body: "{}" }));
    expect((await post()).headers.get("ratelimit")).toBe('"1m";r=9;t=60, "1d";r=99;t=86400');
    for (let count = 1; count < 10; count += 1) await post();
    expect((await post()).status).toBe(429);
  });

  it("limits all routes in a proxy, or in one of one's own", async () => {
    const proxy = (await run("// proxy.ts")).exports["proxy"] as Handler;
    const passed = await proxy(ask("/api/ai/x"));
    expect([passed.headers.get("x-middleware-next"), passed.headers.get("ratelimit")]).toEqual(["1", '"1m";r=9;t=60']);
    expect((await proxy(new Request("https://app.example/images/a.png"))).headers.get("ratelimit")).toBeNull();
    const NextResponse = { next: () => new Response(null, { headers: { "x-middleware-next": "1" } }) };
    const own = (await run("declare const NextResponse", { NextResponse })).exports["proxy"] as Handler;
    expect((await own(ask("/"))).headers.get("ratelimit")).toMatch(/r=99/);
  });

  it("writes a log line for each check, and gives back what failed", async () => {
    const answer = async () => new Response("", { status: 500 });
    const userOf = async () => "user-7";
    const { exports, printed } = await run("refundOn: (_request", { answer, userOf });
    const POST = exports["POST"] as Handler;
    for (let count = 0; count < 11; count += 1) expect((await POST(ask("/ask"))).status).toBe(500);
    expect(JSON.parse(String(printed[0]))).toMatchObject({ path: "/ask", allowed: true, remaining: 9 });
  });

  it("hands a Worker's environment on", async () => {
    const { fetch } = (await run("export const worker")).exports["worker"] as { fetch: Handler };
    expect(await (await fetch(ask("/"), { GREETING: "hello" })).text()).toBe("hello");
  });
});
