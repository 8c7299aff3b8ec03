import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import * as streams from "node:stream/promises";
import * as glue from "@keyward/express";
import * as rateLimiter from "@keyward/rate-limiter";
import { createGate } from "@keyward/test-kit";
import express, { type Express } from "express";
import * as expressRateLimit from "express-rate-limit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { examplesIn, runExample } from "./fixtures/run-example.ts";
import * as keyward from "./index.ts";

const examples = examplesIn(readFileSync(new URL("../../express/README.md", import.meta.url), "utf8"));
const modules = {
  "@keyward/express": glue,
  "@keyward/rate-limiter": rateLimiter,
  express,
  "express-rate-limit": expressRateLimit,
  keyward,
  "node:stream/promises": streams,
};

beforeAll(() => {
  vi.stubEnv("REDIS_ENABLED", "false");
});
afterAll(() => {
  vi.unstubAllEnvs();
});

/** Runs the example that holds `mark`; what it exports is an app, or a middleware to put in front of a route. */
async function serve(mark: string, globals: Readonly<Record<string, unknown>> = {}) {
  const found = examples.filter((code) => code.includes(mark));
  expect(found).toHaveLength(1);
  const { exports, printed } = await runExample(found[0] ?? "", modules, globals);
  const app = (exports["app"] as Express | undefined) ?? express();
  if (exports["limited"])
    app.get("/", exports["limited"] as express.RequestHandler, (_request, response) => void response.end());
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, printed, close: () => server.close().closeAllConnections() };
}

describe("the README of @keyward/express", () => {
  it("limits a route in its first example, with the headers and the body that it shows", async () => {
    const { url, close } = await serve('app.use("/api/ai"');
    const ask = () => fetch(`${url}/api/ai/answer`, { headers: { "x-forwarded-for": "203.0.113.7" } });
    const first = await ask();
    const shown = (name: string) => first.headers.get(name);
    expect([shown("ratelimit-policy"), shown("ratelimit")]).toEqual([
      '"1m";q=10;w=60, "1d";q=100;w=86400',
      '"1m";r=9;t=60, "1d";r=99;t=86400',
    ]);
    for (let count = 1; count < 10; count += 1) await ask();
    const refused = await ask();
    expect(refused.headers.get("ratelimit")).toMatch(/^"1m";r=0;t=\d+, "1d";r=90$/);
    expect(await refused.json()).toMatchObject({ title: "Quota Exceeded", "violated-policies": ["1m"] });
    close();
  });

  it("keys by user, and by address where there is none", async () => {
    const userOf = (request: express.Request) => request.get("x-user-id");
    const { url, close } = await serve("byAddress", { userOf });
    expect((await fetch(url, { headers: { "x-user-id": "7" } })).headers.get("ratelimit")).toContain("r=29");
    expect((await fetch(url)).headers.get("ratelimit")).toContain("r=29");
    close();
  });

  it("writes a log line for each check", async () => {
    const { url, close, printed } = await serve("latencyMs");
    await fetch(url);
    expect(JSON.parse(String(printed[0]))).toMatchObject({ ip: "127.0.0.1", path: "/", allowed: true, remaining: 9 });
    close();
  });

  it("gives back what an estimate was too high by", async () => {
    const askModel = async () => ({ text: "answer", tokens: 500 });
    const { url, close } = await serve("const estimate", { askModel });
    const ask = async () => {
      const response = await fetch(`${url}/ask`, {
        method: "POST",
        body: "hello",
        headers: { "content-type": "text/plain" },
      });
      expect(await response.text()).toBe("answer");
      return response.headers.get("ratelimit");
    };
    expect(await ask()).toContain("r=98000");
    expect(await ask()).toContain("r=97500");
    close();
  });

  it("lets so many run at a time, and gives up the slot of a client that leaves", async () => {
    const begun = createGate();
    const stopped = createGate();
    const askModel = async (prompt: string, signal: AbortSignal) => {
      if (prompt === "quick") return Readable.from(["ans", "wer"]);
      begun.open();
      return new Promise<Readable>((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          stopped.open();
          reject(signal.reason);
        });
      });
    };
    const { url, close } = await serve("createConcurrencyLimiter", { askModel });
    const leaving = new AbortController();
    const post = (body: string, signal?: AbortSignal) =>
      fetch(`${url}/ask`, {
        method: "POST",
        body,
        headers: { "content-type": "text/plain" },
        ...(signal && { signal }),
      });
    const left = post("slow", leaving.signal).catch(() => undefined);
    await begun.opened;
    leaving.abort();
    await stopped.opened;
    await left;
    expect(await (await post("quick")).text()).toBe("answer");
    close();
  });

  it("counts for express-rate-limit, locally while the store is switched off", async () => {
    const { url, close } = await serve("createExpressRateLimitStore");
    await fetch(url);
    expect((await fetch(url)).headers.get("ratelimit")).toContain("r=98");
    close();
  });
});
