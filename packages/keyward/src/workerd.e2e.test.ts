import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import {
  type HttpProxy,
  type RedisServer,
  startHttpProxy,
  startRedis,
  startWorkerd,
  until,
  type Workerd,
} from "@keyward/test-kit";
import { createUpstashBackend } from "@keyward/upstash";
import { startUpstashServer, type UpstashServer } from "@keyward/upstash-local";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMasker, createRateLimiter, type KeyValueBackend } from "./index.ts";

const key = randomBytes(32).toString("hex");
let code: string;
let redis: RedisServer;
let server: UpstashServer;
let rest: HttpProxy;
let here: KeyValueBackend;

beforeAll(async () => {
  [code, redis] = await Promise.all([bundleWorker(), startRedis()]);
  server = await startUpstashServer({ redis: redis.url });
  rest = await startHttpProxy(server.url);
  here = createUpstashBackend({ url: server.url, token: server.token, timeoutMs: 5_000 });
});
afterAll(async () => {
  await here.close();
  await rest.stop();
  await server.close();
  await redis.stop();
});

/** The built package, as the bundler for Workers does it. */
async function bundleWorker(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: 'import { worker } from "./guarded-worker.ts"; export default worker;',
      resolveDir: fileURLToPath(new URL("fixtures/worker", import.meta.url)),
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser"],
    // The paths of the workspace's configuration would lead to the sources; a user has the builds.
    tsconfigRaw: {},
  });
  return outputFiles[0]?.text ?? "";
}

/** Calls of a Worker over HTTP, as its users make them. */
function callsOf({ url }: Workerd) {
  const limit = (kind: string, user: string) => fetch(`${url}/${kind}/limit/${user}`);
  return {
    limit,
    async ask(kind: string, text: string, scope: string): Promise<{ masked: string; restored: string }> {
      const response = await fetch(`${url}/${kind}/ask/${scope}`, { method: "POST", body: text });
      return { masked: response.headers.get("x-masked") ?? "", restored: await response.text() };
    },
    async statuses(kind: string, user: string, calls: number): Promise<number[]> {
      const responses = await Promise.all(Array.from({ length: calls }, () => limit(kind, user)));
      return responses.map(({ status }) => status).sort();
    },
  };
}

const start = (compatibilityDate?: string) => {
  const variables = { KV_REST_API_URL: rest.url, KV_REST_API_TOKEN: server.token, MASK_KEY: key };
  return startWorkerd({ code, variables, compatibilityDate });
};

describe.each<[name: string, compatibilityDate: string | undefined]>([
  ["as it is today, with much of Node's interfaces", undefined],
  ["as it was in 2023, with none of them", "2023-03-01"],
])("the runtime of Workers, %s", (_name, compatibilityDate) => {
  let workerd: Workerd;
  let calls: ReturnType<typeof callsOf>;
  const scope = `scope-${compatibilityDate}`;

  beforeAll(async () => {
    workerd = await start(compatibilityDate);
    calls = callsOf(workerd);
  });
  afterAll(() => workerd.stop());

  describe.each(["environment", "upstash"])("on the backend of %s, shared by all requests", (kind) => {
    const own = `${kind}-${scope}`;

    it("masks, restores a stream to the letter, and shares its numbers with Node", async () => {
      const masker = createMasker({ backend: here, encryption: { keys: [key] } });
      expect((await masker.mask("kim@example.co.kr", { scope: own })).text).toBe("PII_EMAIL_001");
      const text = "kim@example.co.kr and lee@example.co.kr on i-1234567890abcdef0";
      const { masked, restored } = await calls.ask(kind, text, own);
      expect([masked, restored]).toEqual(["PII_EMAIL_001 and PII_EMAIL_002 on AWS_EC2_001", text]);
      expect((await masker.unmask(masked, null, { scope: own, within: "scope" })).text).toBe(text);
    });

    it("gives each value one number, however many requests ask at once", async () => {
      const texts = Array.from({ length: 40 }, (_, index) => `user${index % 10}@example.co.kr`);
      const answers = await Promise.all(texts.map((text) => calls.ask(kind, text, `${own}-many`)));
      expect(answers.map(({ restored }) => restored)).toEqual(texts);
      const tokens = [...new Set(answers.map(({ masked }) => masked))].sort();
      expect(tokens).toEqual(Array.from({ length: 10 }, (_, index) => `PII_EMAIL_${`${index + 1}`.padStart(3, "0")}`));
    });

    it("answers 429 after the limit, which it shares with Node", async () => {
      const limits = [{ limit: 5, window: "1m" }] as const;
      const limiter = createRateLimiter({ backend: here, limits });
      expect(await limiter.check(own)).toMatchObject({ allowed: true });
      expect(await calls.statuses(kind, own, 8)).toEqual([200, 200, 200, 200, 429, 429, 429, 429]);
      expect(await limiter.check(own)).toMatchObject({ allowed: false, reason: "quota" });
    });

    it("isn't held up by requests whose clients went away while they waited for the store", async () => {
      rest.fault = { kind: "silence" };
      const gone = new AbortController();
      const before = rest.received;
      const lost = Array.from({ length: 4 }, (_, index) =>
        fetch(`${workerd.url}/${kind}/${index % 2 ? "limit" : "ask"}/${own}-gone`, {
          method: "POST",
          body: "new@example.co.kr",
          signal: gone.signal,
        }),
      );
      await until("all wait for the store", () => rest.received >= before + lost.length);
      gone.abort();
      await Promise.allSettled(lost);
      rest.fault = { kind: "pass" };
      const answered = performance.now();
      expect((await calls.ask(kind, "new@example.co.kr", `${own}-gone`)).masked).toBe("PII_EMAIL_001");
      expect((await calls.limit(kind, `${own}-gone`)).status).toBe(200);
      expect(performance.now() - answered).toBeLessThan(2_500);
    });

    it("has it written down what decides without the store", async () => {
      expect(await (await fetch(`${workerd.url}/${kind}/choice`)).json()).toBe("onBackendError");
    });
  });

  it("seals tokens and lets onBackendError decide while the store is away", async () => {
    await rest.refuse();
    try {
      for (let call = 0; call < 6; call += 1) await expectGuardsWithoutStore(calls);
    } finally {
      await rest.accept();
    }
  });

  it("leaves nothing pending or unhandled behind", () => {
    expect(workerd.output).toBe("");
  });
});

describe("a Worker whose store was away", () => {
  it("uses it again once five probes were answered, though none outlives the request that it was begun in", async () => {
    const workerd = await start();
    try {
      const calls = callsOf(workerd);
      await rest.refuse();
      for (let call = 0; call < 6; call += 1) await expectGuardsWithoutStore(calls);
      await rest.accept();
      let users = 0;
      const isBack = async () => {
        users += 1;
        const { mode } = (await (await calls.limit("environment", `back-${users}`)).json()) as {
          readonly mode: string;
        };
        return mode === "primary";
      };
      await until("the store is used again", isBack, { everyMs: 50 });
      expect((await calls.ask("environment", "back@example.co.kr", "back")).masked).toBe("PII_EMAIL_001");
      expect(workerd.output).toBe("");
    } finally {
      await workerd.stop();
      await rest.accept();
    }
  });
});

async function expectGuardsWithoutStore({ ask, limit }: ReturnType<typeof callsOf>): Promise<void> {
  const text = "away@example.co.kr";
  const { masked, restored } = await ask("environment", text, "away");
  expect([masked, restored]).toEqual([expect.stringMatching(/^PII_EMAIL_X[0-9A-Z]{20,}$/), text]);
  const refused = await limit("environment", "away");
  expect([refused.status, await refused.json()]).toEqual([429, expect.objectContaining({ reason: "degraded" })]);
}
