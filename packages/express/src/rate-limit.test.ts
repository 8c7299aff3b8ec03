import { once } from "node:events";
import { connect } from "node:net";
import { BackendError, ConfigurationError } from "@keyward/core";
import { createRateLimiter, type RateLimitDecision, type RateLimiter, rateLimitDecision } from "@keyward/rate-limiter";
import { createGate } from "@keyward/test-kit";
import type { ErrorRequestHandler, Express, Request } from "express";
import { afterEach, describe, expect, it, vi } from "vitest";
import { expressVersions } from "./fixtures/express-versions.ts";
import { type RunningApp, startApp } from "./fixtures/start-app.ts";
import { rateLimit } from "./rate-limit.ts";
import type { RateLimitOptions } from "./rate-limit-options.ts";

let running: RunningApp | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

function limiterOf(limit: number, more: Partial<Parameters<typeof createRateLimiter>[0]> = {}): RateLimiter {
  return createRateLimiter({ limits: [{ limit, window: "1m", name: "minute" }], ...more });
}

const onError: ErrorRequestHandler = (error, _request, response, _next) => {
  response.status(500).json({ code: error.code, message: error.message });
};

describe.each(expressVersions)("rateLimit on Express %s", (_version, express) => {
  /** An app with one limited route, `GET /`, which answers "done", and whatever else a test adds. */
  async function serve(
    limiter: Parameters<typeof rateLimit>[0],
    options: RateLimitOptions = {},
    prepare: (app: Express) => void = () => undefined,
  ): Promise<(headers?: Record<string, string>, method?: string) => Promise<Response>> {
    const app = express();
    prepare(app);
    app.use(rateLimit(limiter, options));
    app.all("/", (_request, response) => {
      response.send("done");
    });
    app.use(onError);
    running = await startApp(app);
    const { url } = running;
    return (headers = {}, method = "GET") => fetch(url, { headers, method });
  }

  it("lets requests through up to the limit, and tells each what is left", async () => {
    const ask = await serve(limiterOf(2));
    const left = [];
    for (let count = 0; count < 3; count += 1) left.push((await ask()).headers.get("ratelimit"));
    expect(left).toEqual(['"minute";r=1;t=60', '"minute";r=0;t=60', '"minute";r=0;t=60']);
  });

  it("answers a refused request with 429, when to come back, and a problem body", async () => {
    const ask = await serve(limiterOf(1));
    await ask();
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(refused.headers.get("ratelimit-policy")).toBe('"minute";q=1;w=60');
    expect(refused.headers.get("retry-after")).toBe("60");
    expect(await refused.json()).toMatchObject({
      type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
      status: 429,
      "violated-policies": ["minute"],
    });
  });

  it("refuses HEAD without a body, and limits OPTIONS like the rest", async () => {
    const ask = await serve(limiterOf(2));
    expect((await ask({}, "HEAD")).status).toBe(200);
    expect((await ask({}, "OPTIONS")).headers.get("ratelimit")).toMatch(/r=0/);
    const refused = await ask({}, "HEAD");
    expect([refused.status, refused.headers.get("retry-after"), await refused.text()]).toEqual([429, "60", ""]);
  });

  it("writes headers in the style that was asked for", async () => {
    const ask = await serve(limiterOf(2), { headers: ["x-ratelimit", "draft-7"] });
    const { headers } = await ask();
    expect([headers.get("x-ratelimit-remaining"), headers.get("ratelimit")]).toEqual([
      "1",
      "limit=2, remaining=1, reset=60",
    ]);
  });

  it("counts each key separately, with the cost and the plan that functions return", async () => {
    const limiter = limiterOf(10, { plans: { free: [{ limit: 3, window: "1m" }] } });
    const ask = await serve(limiter, {
      key: async (request) => request.get("x-user") ?? "",
      cost: (request) => Number(request.get("x-cost")),
      plan: (request) => request.get("x-plan"),
    });
    const remaining = async (headers: Record<string, string>) => (await ask(headers)).headers.get("ratelimit");
    expect(await remaining({ "x-user": "a", "x-cost": "4" })).toMatch(/"minute";r=6/);
    expect(await remaining({ "x-user": "b", "x-cost": "2", "x-plan": "free" })).toMatch(/"1m";r=1/);
    expect((await ask({ "x-user": "b", "x-cost": "2", "x-plan": "free" })).status).toBe(429);
  });

  it("doesn't limit skipped requests, nor add headers to them", async () => {
    const ask = await serve(limiterOf(1), { skip: async (request) => request.method === "OPTIONS" });
    for (let count = 0; count < 3; count += 1) {
      const response = await ask({}, "OPTIONS");
      expect([response.status, response.headers.get("ratelimit")]).toEqual([200, null]);
    }
    expect((await ask()).status).toBe(200);
  });

  it("leaves the answer to onLimit, with headers and status set", async () => {
    const onLimit = vi.fn<NonNullable<RateLimitOptions["onLimit"]>>((_request, response, _next, { limit }) => {
      response.json({ slow: limit });
    });
    const ask = await serve(limiterOf(1), { onLimit });
    await ask();
    const refused = await ask();
    expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toEqual([
      429,
      "60",
      { slow: 1 },
    ]);
    expect(onLimit).toHaveBeenCalledOnce();
  });

  it("lets a refused request through after all if onLimit calls next", async () => {
    const ask = await serve(limiterOf(1), { onLimit: (_request, _response, next) => next() });
    await ask();
    const response = await ask();
    expect([response.status, await response.text()]).toEqual([200, "done"]);
  });

  it.each([
    ["key", { key: () => Promise.reject(new Error("no key")) }],
    ["cost", { cost: () => Promise.reject(new Error("no key")) }],
    [
      "skip",
      {
        skip: () => {
          throw new Error("no key");
        },
      },
    ],
  ] satisfies [string, RateLimitOptions][])("hands what %s throws to next", async (_name, options) => {
    const ask = await serve(limiterOf(1), options);
    const response = await ask();
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ message: "no key" });
  });

  it("passes what onLimit throws to next", async () => {
    const ask = await serve(limiterOf(1), { onLimit: async () => Promise.reject(new Error("no answer")) });
    await ask();
    expect(await (await ask()).json()).toMatchObject({ message: "no answer" });
  });

  it.each([undefined, null, "", 0, false, "route", "router"])(
    "lets nobody through by making key throw %j",
    async (thrown) => {
      const ask = await serve(limiterOf(1), { key: () => Promise.reject(thrown) });
      const response = await ask();
      expect([response.status, await response.json()]).toEqual([
        500,
        { message: expect.stringContaining("isn't an Error") },
      ]);
    },
  );

  it("lets nobody through if onLimit throws undefined", async () => {
    const ask = await serve(limiterOf(1), { onLimit: () => Promise.reject() });
    await ask();
    expect((await ask()).status).toBe(500);
  });

  it.each([undefined, "", 7])("refuses to limit all callers as one because the key is %j", async (key) => {
    const ask = await serve(limiterOf(1), { key: () => key as string });
    expect(await (await ask()).json()).toMatchObject({ code: "CONFIGURATION_INVALID" });
  });

  it("passes a failure of the store to next if the limiter throws", async () => {
    const check = () =>
      Promise.reject(
        new BackendError("BACKEND_TIMEOUT", "no answer", {
          operation: "run:check",
          outcome: "unknown",
          retryable: true,
        }),
      );
    const ask = await serve({ check });
    expect(await (await ask()).json()).toMatchObject({ code: "BACKEND_TIMEOUT" });
  });

  it("tells onDecision the request and the time it took, and ignores what that throws", async () => {
    const lines: unknown[] = [];
    const ask = await serve(limiterOf(1), {
      onDecision: ({ allowed, remaining }, { ip, path }, durationMs) => {
        lines.push([ip, path, allowed, remaining, durationMs >= 0]);
        throw new Error("log is full");
      },
    });
    expect((await ask()).status).toBe(200);
    await ask();
    expect(lines).toEqual([
      ["127.0.0.1", "/", true, 0, true],
      ["127.0.0.1", "/", false, 0, true],
    ]);
  });

  it("keeps the decision for the handlers behind it", async () => {
    const seen: (RateLimitDecision | undefined)[] = [];
    const ask = await serve(limiterOf(5), {}, (app) => {
      app.get("/free", (request, response) => {
        seen.push(rateLimitDecision(request));
        response.end();
      });
      app.get("/limited", rateLimit(limiterOf(5)), (request, response) => {
        seen.push(rateLimitDecision(request));
        response.end();
      });
    });
    await ask();
    await fetch(`${running?.url}/free`);
    await fetch(`${running?.url}/limited`);
    expect(seen).toEqual([undefined, expect.objectContaining({ allowed: true, remaining: 4 })]);
  });

  describe("refundOn", () => {
    it("gives back what a failed request took, once its response has ended", async () => {
      const limiter = limiterOf(2);
      let refunded = createGate();
      const refund: RateLimiter["refund"] = (...given) => limiter.refund(...given).finally(refunded.open);
      const refundOn = (_request: Request, { statusCode }: { statusCode: number }) => statusCode >= 500;
      const ask = await serve({ check: limiter.check.bind(limiter), refund }, { refundOn }, (app) => {
        app.get("/fails", rateLimit({ check: limiter.check.bind(limiter), refund }, { refundOn }), () => {
          throw new Error("failed");
        });
      });
      for (let count = 0; count < 3; count += 1) {
        refunded = createGate();
        expect((await fetch(`${running?.url}/fails`)).status).toBe(500);
        await refunded.opened;
      }
      expect((await ask()).headers.get("ratelimit")).toMatch(/r=1/);
    });

    it("gives back nothing if it resolves to false", async () => {
      const limiter = limiterOf(1);
      const asked = createGate();
      const refund = vi.fn();
      const refundOn = async () => {
        setImmediate(asked.open);
        return false;
      };
      const ask = await serve({ check: limiter.check.bind(limiter), refund }, { refundOn });
      await ask();
      await asked.opened;
      expect(refund).not.toHaveBeenCalled();
    });

    it("is asked once, and can see that the client has gone before the end", async () => {
      const limiter = limiterOf(2);
      const asked = createGate();
      const refundOn = vi.fn((_request: Request, { writableFinished }: { writableFinished: boolean }) => {
        setImmediate(asked.open);
        return !writableFinished;
      });
      await serve(limiter, {}, (app) => {
        app.get("/slow", rateLimit(limiter, { key: () => "someone", refundOn }), (_request, response) => {
          response.write("begun");
        });
      });
      const leaving = new AbortController();
      const response = await fetch(`${running?.url}/slow`, { signal: leaving.signal });
      expect(response.headers.get("ratelimit")).toMatch(/r=1/);
      leaving.abort();
      await asked.opened;
      expect(await limiter.peek("someone")).toMatchObject({ remaining: 2 });
      expect(refundOn).toHaveBeenCalledOnce();
    });

    it("tells onRefundError what failed, and not the client", async () => {
      const limiter = limiterOf(2);
      const failed = createGate();
      const errors: unknown[] = [];
      const ask = await serve(
        { check: limiter.check.bind(limiter), refund: () => Promise.reject(new Error("store is away")) },
        {
          refundOn: () => true,
          onRefundError: (error) => {
            errors.push(error);
            failed.open();
            throw error;
          },
        },
      );
      expect((await ask()).status).toBe(200);
      await failed.opened;
      expect(errors).toEqual([new Error("store is away")]);
    });

    it("emits a process warning for a failed refund if nobody is told", async () => {
      const warned = once(process, "warning");
      const limiter = limiterOf(2);
      const ask = await serve(limiter, {
        refundOn: () => {
          throw new Error("user 7 is unknown");
        },
      });
      await ask();
      const [warning] = await warned;
      expect(warning).toMatchObject({ code: "KEYWARD_REFUND_FAILED", message: expect.not.stringContaining("user 7") });
    });
  });

  it("does nothing more for a client that has gone before the decision", async () => {
    const asked = createGate();
    const gone = createGate();
    const decided = createGate();
    const handler = vi.fn();
    const limiter = limiterOf(1);
    await serve(limiter, {}, (app) => {
      app.get("/work", (_request, response, next) => {
        response.once("close", gone.open);
        next();
      });
      const check: RateLimiter["check"] = async (key, options) => {
        asked.open();
        await gone.opened;
        return limiter.check(key, options);
      };
      app.get("/work", rateLimit({ check }, { onDecision: () => setImmediate(decided.open) }), handler);
    });
    const socket = connect(running?.port ?? 0, "127.0.0.1");
    socket.write("GET /work HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await asked.opened;
    socket.destroy();
    await decided.opened;
    expect(handler).not.toHaveBeenCalled();
  });
});

describe("rateLimit", () => {
  it("is a named function of three parameters, by which Express recognises a middleware", () => {
    const { name, length } = rateLimit(limiterOf(1));
    expect([name, length]).toEqual(["rateLimitMiddleware", 3]);
  });

  it.each([
    ["key", "ip"],
    ["cost", -1],
    ["cost", 1.5],
    ["plan", 7],
    ["headers", "draft-8"],
    ["skip", true],
    ["onLimit", {}],
    ["onDecision", {}],
    ["refundOn", true],
    ["onRefundError", "log"],
    ["keyGenerator", () => "user"],
  ])("refuses %s: %j when it is made", (field, value) => {
    expect(() => rateLimit(limiterOf(1), { [field]: value })).toThrow(expect.objectContaining({ field }));
  });

  it("refuses a limiter that can't decide, or can't refund", () => {
    expect(() => rateLimit({} as never)).toThrow(ConfigurationError);
    expect(() => rateLimit(undefined as never)).toThrow(ConfigurationError);
    const check = limiterOf(1).check;
    expect(() => rateLimit({ check }, { refundOn: () => true })).toThrow(/refundOn/);
  });
});
