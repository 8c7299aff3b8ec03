/**
 * One small use of each published entry point, after it was loaded by `import` or by `require`.
 *
 * This runs in a project of its own, which finds the packages where npm installed them, so that nothing of the workspace can
 * help.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { execFileSync } from "node:child_process";

const redisUrl = process.env.KEYWARD_SMOKE_REDIS_URL;

/** By entry point. `load` loads a further package in the same way as the one under test. */
export const roundTrips = {
  async "@keyward/core"(core) {
    await usesBackend(core.createMemoryBackend());
    ok(core.KeywardError.is(new core.ConfigurationError("field", "is wrong")));
  },

  async "@keyward/ioredis"({ createIoredisBackend }, load) {
    const { Redis } = await load("ioredis");
    const client = new Redis(redisUrl, { maxRetriesPerRequest: 0 });
    try {
      await usesBackend(createIoredisBackend({ client }));
    } finally {
      client.disconnect();
    }
  },

  async "@keyward/upstash"({ createUpstashBackend }, load) {
    const { Redis } = await load("@upstash/redis");
    await overRest(load, (address) => createUpstashBackend({ client: new Redis(address) }));
  },

  async "@keyward/masker"({ createMasker }, load) {
    await masksAndRestores(createMasker());
    await onRedis(load, (backend, run) =>
      masksAndRestores(createMasker({ backend, scope: run, encryption: { keys: [process.env.MASK_KEY] } })),
    );
  },

  async "@keyward/rate-limiter"(limiters, load) {
    const { createClientAddress, createRateLimiter, rateLimitHeaders } = limiters;
    const limiter = createRateLimiter({ limits: [{ limit: 1, window: "1m" }] });
    const key = createClientAddress()({ socketAddress: "::ffff:192.0.2.7", header: () => undefined });
    const decisions = [await limiter.check(key), await limiter.check("192.0.2.7")];
    deepStrictEqual(
      decisions.map(({ allowed }) => allowed),
      [true, false],
    );
    strictEqual(new Map(rateLimitHeaders(decisions[1])).get("Retry-After"), "60");
    await onRedis(load, (backend, run) => limitsCallers(limiters, backend, run));
  },

  async "@keyward/express"({ createExpressRateLimitStore, rateLimit }, load) {
    const { createMemoryBackend } = await load("@keyward/core");
    const { createRateLimiter } = await load("@keyward/rate-limiter");
    const loaded = await load("express");
    const express = loaded.default ?? loaded;
    const app = express();
    app.get("/", rateLimit(createRateLimiter({ limits: [{ limit: 1, window: "1m" }] })), (_request, response) => {
      response.end();
    });
    const server = app.listen(0, "127.0.0.1");
    try {
      await new Promise((resolve) => server.once("listening", resolve));
      const url = `http://127.0.0.1:${server.address().port}`;
      deepStrictEqual([(await fetch(url)).status, (await fetch(url)).status], [200, 429]);
    } finally {
      server.close();
      server.closeAllConnections();
    }
    const store = createExpressRateLimitStore({ backend: createMemoryBackend() });
    strictEqual((await store.increment("a")).totalHits, 1);
  },

  async "@keyward/next"({ withRateLimit }, load) {
    const { createRateLimiter } = await load("@keyward/rate-limiter");
    const limiter = createRateLimiter({ limits: [{ limit: 1, window: "1m" }] });
    const handler = withRateLimit(() => new Response("done"), limiter, { key: () => "user" });
    const ask = async () => (await handler(new Request("https://app.example/"))).status;
    deepStrictEqual([await ask(), await ask()], [200, 429]);
  },

  async keyward({ createMasker, createBackendFromEnv, createRouteTable }) {
    await masksAndRestores(createMasker());
    const table = createRouteTable({ routes: [], default: { limits: [{ limit: 1, window: "1m" }] } });
    strictEqual((await table.check({ method: "GET", path: "/" }, "user")).route, "default");
    strictEqual(createBackendFromEnv({}).capabilities.reach, "local");
    await usesBackend(createBackendFromEnv({ REDIS_URL: redisUrl }));
  },

  async "keyward/redis"({ createIoredisBackend }) {
    await usesBackend(createIoredisBackend({ url: redisUrl }));
  },

  async "@keyward/upstash-local"({ startUpstashServer }) {
    const server = await startUpstashServer({ redis: redisUrl });
    try {
      const answer = await fetch(`${server.url}/echo/hello`, { headers: { authorization: `Bearer ${server.token}` } });
      deepStrictEqual(await answer.json(), { result: "hello" });
      strictEqual((await fetch(server.url)).status, 401);
    } finally {
      await server.close();
    }
    const program = execFileSync(process.execPath, ["node_modules/.bin/upstash-local", "--help"], { encoding: "utf8" });
    ok(program.includes("--redis"));
  },

  async "keyward/upstash"({ createUpstashBackend }, load) {
    await overRest(load, createUpstashBackend);
  },
};

/** Calls `use` with a backend on the Redis, which gets scripts as the build made them, and with a name that is new each time. */
async function onRedis(load, use) {
  const { createIoredisBackend } = await load("@keyward/ioredis");
  const backend = createIoredisBackend({ url: redisUrl, timeoutMs: 10_000 });
  try {
    await use(backend, `smoke-${process.pid}`);
  } finally {
    await backend.close();
  }
}

/**
 * With every algorithm, several calls at once, and decided by the store alone.
 *
 * Which of a caller's calls is refused is left open, because the oldest Node hashes callers on other threads, in any order.
 */
async function limitsCallers({ createConcurrencyLimiter, createRateLimiter }, backend, run) {
  for (const algorithm of ["log", "gcra", "fixed-window"]) {
    const limits = [{ limit: 2, window: "1h" }];
    const limiter = createRateLimiter({
      backend,
      name: `${run}-${algorithm}`,
      algorithm,
      limits,
      onBackendError: "throw",
    });
    const [other, ...decisions] = await Promise.all(["b", "a", "a", "a"].map((key) => limiter.check(key)));
    strictEqual(other.allowed, true);
    const admitted = decisions.filter(({ allowed }) => allowed);
    strictEqual(admitted.length, 2);
    strictEqual(await limiter.refund(admitted[0].receipt), true);
    strictEqual((await limiter.check("a")).allowed, true);
    await limiter.block("b", "1h");
    strictEqual((await limiter.check("b")).reason, "blocked");
  }
  const slots = createConcurrencyLimiter({ backend, name: run, limit: 1 });
  deepStrictEqual(await slots.run("a", async () => "done"), { acquired: true, value: "done" });
}

/** Uses a backend over REST, on a local server in front of the Redis. */
async function overRest(load, create) {
  const { startUpstashServer } = await load("@keyward/upstash-local");
  const server = await startUpstashServer({ redis: redisUrl });
  try {
    await usesBackend(create({ url: server.url, token: server.token }));
  } finally {
    await server.close();
  }
}

async function usesBackend(backend) {
  strictEqual(await backend.set("smoke", "value", { ttlMs: 60_000 }), true);
  deepStrictEqual(await backend.getMany(["smoke", "absent"]), ["value", null]);
  strictEqual(await backend.delete(["smoke"]), 1);
  await backend.close();
}

async function masksAndRestores(masker) {
  const original = "Analyze i-1234567890abcdef0";
  const masked = await masker.mask(original);
  strictEqual(masked.text, "Analyze AWS_EC2_001");
  strictEqual((await masker.unmask(masked.text, masked)).text, original);
}
