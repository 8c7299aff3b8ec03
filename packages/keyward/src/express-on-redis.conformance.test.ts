import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createExpressRateLimitStore, rateLimit } from "@keyward/express";
import { createIoredisBackend } from "@keyward/ioredis";
import { createRateLimiter } from "@keyward/rate-limiter";
import { adminClient, createGate, type RedisServer, startRedis } from "@keyward/test-kit";
import { createUpstashBackend } from "@keyward/upstash";
import { startUpstashServer, type UpstashServer } from "@keyward/upstash-local";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { rateLimit as expressRateLimit } from "express-rate-limit";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { KeyValueBackend } from "./index.ts";

let server: RedisServer;
let rest: UpstashServer;
let admin: ReturnType<typeof adminClient>;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  server = await startRedis();
  rest = await startUpstashServer({ redis: server.url });
  admin = adminClient(server.options);
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await admin.flushall();
});
afterAll(async () => {
  admin.disconnect();
  await rest.close();
  await server.stop();
});

const ways: readonly (readonly [string, () => KeyValueBackend])[] = [
  ["TCP", () => createIoredisBackend({ url: server.url, timeoutMs: 2_000 })],
  ["REST", () => createUpstashBackend({ url: rest.url, token: rest.token, timeoutMs: 2_000 })],
];

function connect(open: () => KeyValueBackend): KeyValueBackend {
  const backend = open();
  closing.push(() => backend.close());
  return backend;
}

/** An instance of an app with one limited route. */
async function serve(
  middleware: RequestHandler,
  handler: RequestHandler = (_request, response) => void response.send("done"),
) {
  const app = express();
  app.get("/", middleware, handler);
  app.use(((error, _request, response, _next) => {
    response.status(500).send(error.code);
  }) satisfies ErrorRequestHandler);
  const listening = app.listen(0, "127.0.0.1");
  await once(listening, "listening");
  closing.push(async () => {
    listening.close();
    listening.closeAllConnections();
    await once(listening, "close");
  });
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  return () => fetch(url);
}

async function statusesOf(instances: readonly (() => Promise<Response>)[], requests: number): Promise<number[]> {
  const asked = Array.from({ length: requests }, (_, index) => instances[index % instances.length]?.());
  return Promise.all(asked.map(async (response) => (await response)?.status ?? 0));
}

const admitted = (statuses: readonly number[]) => statuses.filter((status) => status === 200).length;

describe.each(ways)("Express on a store over %s", (way, open) => {
  it("admits exactly the limit to a caller who asks two instances at once", async () => {
    const instance = () =>
      serve(
        rateLimit(
          createRateLimiter({ limits: [{ limit: 7, window: "1m" }], backend: connect(open), expectedInstances: 2 }),
        ),
      );
    const statuses = await statusesOf([await instance(), await instance()], 40);
    expect([admitted(statuses), statuses.filter((status) => status === 429).length]).toEqual([7, 33]);
  });

  it("gives back on the store what a failed request took", async () => {
    const limiter = createRateLimiter({
      limits: [{ limit: 1, window: "1m" }],
      backend: connect(open),
      expectedInstances: 1,
    });
    let refunded = createGate();
    const ask = await serve(
      rateLimit(
        { check: limiter.check.bind(limiter), refund: (receipt) => limiter.refund(receipt).finally(refunded.open) },
        { refundOn: (_request, { statusCode }) => statusCode === 503 },
      ),
      (_request, response) => void response.status(503).end(),
    );
    for (let count = 0; count < 3; count += 1) {
      refunded = createGate();
      expect((await ask()).status).toBe(503);
      await refunded.opened;
    }
  });

  it("counts for express-rate-limit exactly, on two instances at once, in keys that end and name nobody", async () => {
    const instance = () =>
      serve(
        expressRateLimit({
          windowMs: 60_000,
          limit: 7,
          standardHeaders: "draft-8",
          store: createExpressRateLimitStore({ backend: connect(open), prefix: `over ${way}:` }),
        }),
      );
    const statuses = await statusesOf([await instance(), await instance()], 40);
    expect([admitted(statuses), statuses.filter((status) => status === 429).length]).toEqual([7, 33]);
    const [key = "", ...others] = await admin.keys("*");
    expect([key, others]).toEqual([expect.not.stringContaining("127.0.0.1"), []]);
    expect(await admin.pttl(key)).toBeGreaterThan(50_000);
    expect(await admin.get(key)).toMatch(/^40 /);
  });

  it("keeps express-rate-limit's hits and their end through decrements and resets of others", async () => {
    const store = createExpressRateLimitStore({ backend: connect(open) });
    store.init({ windowMs: 60_000 });
    await Promise.all(Array.from({ length: 10 }, () => store.increment("a")));
    await Promise.all(Array.from({ length: 4 }, () => store.decrement("a")));
    await store.increment("b");
    await store.resetKey("b");
    await Promise.all(Array.from({ length: 3 }, () => store.decrement("b")));
    expect(await store.get("b")).toBeUndefined();
    const { totalHits, resetTime } = (await store.get("a")) ?? {};
    expect(totalHits).toBe(6);
    expect((resetTime?.getTime() ?? 0) - Date.now()).toBeGreaterThan(50_000);
    for (const key of await admin.keys("*")) expect(await admin.pttl(key)).toBeGreaterThan(0);
  });

  it("answers while the store is frozen, as each was told to", async () => {
    const slow = () =>
      connect(() =>
        way === "TCP"
          ? createIoredisBackend({ url: server.url, timeoutMs: 200 })
          : createUpstashBackend({ url: rest.url, token: rest.token, timeoutMs: 200 }),
      );
    const local = await serve(
      rateLimit(createRateLimiter({ limits: [{ limit: 4, window: "1m" }], backend: slow(), expectedInstances: 2 })),
    );
    const passing = await serve(
      expressRateLimit({
        store: createExpressRateLimitStore({ backend: slow(), prefix: "passing:" }),
        passOnStoreError: true,
        logger: { error: () => undefined, warn: () => undefined },
      }),
    );
    const failing = await serve(
      expressRateLimit({ store: createExpressRateLimitStore({ backend: slow(), prefix: "failing:" }) }),
    );
    server.freeze();
    try {
      // Which of them are refused is up to the connections that they came over.
      expect((await statusesOf([local], 4)).sort()).toEqual([200, 200, 429, 429]);
      expect((await passing()).status).toBe(200);
      const failed = await failing();
      expect([failed.status, await failed.text()]).toEqual([500, "BACKEND_TIMEOUT"]);
    } finally {
      server.thaw();
    }
  });
});
