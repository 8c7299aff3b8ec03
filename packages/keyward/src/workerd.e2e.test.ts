import { randomBytes } from "node:crypto";
import { type HttpProxy, until, vanishingRequest, type Workerd } from "@keyward/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorkerStage, type WorkerStage } from "./fixtures/worker/worker-stage.ts";
import { createMasker, createRateLimiter, type KeyValueBackend } from "./index.ts";

const key = randomBytes(32).toString("hex");
let stage: WorkerStage;
let rest: HttpProxy;
let here: KeyValueBackend;

beforeAll(async () => {
  stage = await startWorkerStage("guarded-worker.ts");
  rest = stage.rest;
  here = stage.open();
});
afterAll(() => stage.stop());

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

const start = (compatibilityDate?: string) => stage.start({ variables: { MASK_KEY: key }, compatibilityDate });

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
      const before = rest.received;
      const lost = await Promise.all(
        ["ask", "limit", "ask", "limit"].map((task) =>
          vanishingRequest(`${workerd.url}/${kind}/${task}/${own}-gone`, "new@example.co.kr"),
        ),
      );
      await until("all wait for the store", () => rest.received >= before + lost.length);
      for (const { vanish } of lost) vanish();
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
