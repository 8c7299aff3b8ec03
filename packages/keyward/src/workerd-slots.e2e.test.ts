import { setTimeout as pause } from "node:timers/promises";
import { until, vanishingRequest, type Workerd } from "@keyward/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HeldModel, startHeldModel } from "./fixtures/worker/start-held-model.ts";
import { startWorkerStage, type WorkerStage } from "./fixtures/worker/worker-stage.ts";
import { type ConcurrencyLimiter, createConcurrencyLimiter } from "./index.ts";

/** As the Worker has them. */
const slots = { limit: 2, lease: "1s" } as const;
const leaseMs = 1_000;

let stage: WorkerStage;
let model: HeldModel;
let here: ConcurrencyLimiter;
beforeAll(async () => {
  [stage, model] = await Promise.all([startWorkerStage("slots-worker.ts"), startHeldModel()]);
  here = createConcurrencyLimiter({ backend: stage.open(), ...slots });
});
afterAll(async () => {
  await model.stop();
  await stage.stop();
});

const start = (compatibilityDate?: string) => stage.start({ variables: { MODEL_URL: model.url }, compatibilityDate });

/** A request of a Worker, as its users make it. */
async function ask(workerd: Workerd, path: string): Promise<[number, unknown]> {
  const response = await fetch(`${workerd.url}/${path}`);
  return [response.status, await response.json()];
}

/** The same, and the model answers it if it is asked. */
async function askAndAnswer(workerd: Workerd, path: string): ReturnType<typeof ask> {
  const [, key = ""] = path.split("/");
  let isRefused = false;
  const asked = ask(workerd, path).finally(() => {
    isRefused = true;
  });
  await until("it is refused or runs", () => isRefused || model.running(key) > 0);
  if (!isRefused) model.answer(key);
  return asked;
}

const answered = [200, { acquired: true, value: "answered" }];
const isFree = async (key: string) => (await here.peek(key)).held === 0;

describe.each<[name: string, compatibilityDate: string | undefined, kind: string]>([
  ["as it is today", undefined, "environment"],
  ["as it was in 2023", "2023-03-01", "upstash"],
])("concurrency slots in the runtime of Workers, %s", (_name, compatibilityDate, kind) => {
  let workerd: Workerd;
  beforeAll(async () => {
    workerd = await start(compatibilityDate);
  });
  afterAll(() => workerd.stop());

  it("are taken, waited for and released by requests, and shared with Node", async () => {
    const key = `${kind}-shared`;
    const waiting = Array.from({ length: 4 }, () => ask(workerd, `${kind}/${key}`));
    await until("two run and two wait", async () => (await here.peek(key)).waiting === 2 && model.running(key) === 2);
    expect(await ask(workerd, `${kind}/${key}?maxWait=0`)).toEqual([
      503,
      { acquired: false, reason: "limit", limit: 2, held: 2, waiting: 2 },
    ]);
    expect(await here.acquire(key, { maxWait: 0 })).toMatchObject({ acquired: false, held: 2 });
    for (let left = waiting.length; left > 0; left -= 1) {
      await until("one of them asks the model", () => model.running(key) > 0);
      model.answer(key);
    }
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => answered));
    expect(model.most(key)).toBe(2);
    expect(await here.peek(key)).toEqual({ limit: 2, held: 0, waiting: 0 });
  });

  it("are kept beyond their lease while the work goes on", async () => {
    const key = `${kind}-long`;
    const running = ask(workerd, `${kind}/${key}`);
    await until("it runs", () => model.running(key) === 1);
    await pause(2 * leaseMs);
    expect(await here.acquire(key, { maxWait: 0, limit: 1 })).toMatchObject({ acquired: false });
    model.answer(key);
    expect(await running).toEqual(answered);
    expect(await isFree(key)).toBe(true);
  });

  it("are free by their lease's end where the client goes away, and so are places in the queue", async () => {
    const key = `${kind}-gone`;
    const lost = await Promise.all(Array.from({ length: 3 }, () => vanishingRequest(`${workerd.url}/${kind}/${key}`)));
    await until("two run and one waits", async () => (await here.peek(key)).waiting === 1 && model.running(key) === 2);
    for (const { vanish } of lost) vanish();
    await until("the model's callers are gone", () => model.running(key) === 0);
    await until("both slots are free", () => isFree(key));
    expect(await askAndAnswer(workerd, `${kind}/${key}`)).toEqual(answered);
  });

  it("are held for as long as a streamed answer comes", async () => {
    const key = `${kind}-streamed`;
    const response = await fetch(`${workerd.url}/${kind}/${key}/stream`);
    await pause(1.2 * leaseMs);
    expect(await here.peek(key)).toMatchObject({ held: 1 });
    model.answer(key);
    expect(await response.text()).toBe("answered");
    expect(await isFree(key)).toBe(true);
  });

  it("leave nothing pending or unhandled behind", () => {
    expect(workerd.output).toBe("");
  });
});

describe("a Worker's slots while the store is away", () => {
  it("are given to nobody, stop the work before they end, and are there again when the store is", async () => {
    const workerd = await start();
    const path = "environment/away";
    try {
      const running = ask(workerd, path);
      await until("it runs", () => model.running("away") === 1);
      await stage.rest.refuse();
      expect(await ask(workerd, path)).toEqual([500, { code: "BACKEND_UNAVAILABLE" }]);
      expect(await running).toEqual([500, { code: "SLOT_LOST" }]);
      await until("the model's caller is gone", () => model.running("away") === 0);
      await until("its lease has ended", () => isFree("away"));
      await stage.rest.accept();
      await until("slots are given out again", async () => (await askAndAnswer(workerd, path))[0] === 200);
      expect(workerd.output).toBe("");
    } finally {
      await workerd.stop();
      await stage.rest.accept();
    }
  });
});
