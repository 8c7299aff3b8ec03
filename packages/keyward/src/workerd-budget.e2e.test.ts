import { until, vanishingRequest, type Workerd } from "@keyward/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorkerStage, type WorkerStage } from "./fixtures/worker/worker-stage.ts";
import { type CommandBudgetStatus, withCommandBudget } from "./index.ts";

const monthly = 200;
let stage: WorkerStage;
beforeAll(async () => {
  stage = await startWorkerStage("budget-worker.ts");
});
afterAll(() => stage.stop());

interface Answer extends CommandBudgetStatus {
  readonly allowed: boolean;
  readonly reason: string;
  readonly told: readonly number[];
}

describe.each<[name: string, compatibilityDate: string | undefined]>([
  ["as it is today", undefined],
  ["as it was in 2023", "2023-03-01"],
])("a command budget in the runtime of Workers, %s", (_name, compatibilityDate) => {
  let workerd: Workerd;
  beforeAll(async () => {
    workerd = await stage.start({ variables: { MONTHLY: `${monthly}` }, compatibilityDate });
  });
  afterAll(() => workerd.stop());

  let users = 0;
  /** Of a user's who hasn't asked before. */
  function urlOf(name: string, beyond: "allow" | "refuse"): string {
    users += 1;
    return `${workerd.url}/${name}-${compatibilityDate}/${beyond}/user-${users}`;
  }
  async function check(name: string, beyond: "allow" | "refuse"): Promise<Answer> {
    return (await (await fetch(urlOf(name, beyond))).json()) as Answer;
  }

  it("knows the month from the first request on, though what a request has begun ends with it", async () => {
    const { allowed, month } = await check("first", "allow");
    expect({ allowed, month }).toEqual({ allowed: true, month: expect.stringMatching(/^\d{4}-\d{2}$/) });
  });

  it("tells of each threshold once, and adds to the count that it shares with Node", async () => {
    let answer = await check("shared", "allow");
    while (answer.used < monthly) answer = await check("shared", "allow");
    expect(answer.told).toEqual([0.8, 0.95, 1]);
    const node = withCommandBudget(stage.open(`shared-${compatibilityDate}:`), { monthly });
    await node.ping();
    await until("the month is known", () => node.budget().month !== null);
    const { used, pending } = node.budget();
    // The ping, and what the report of it took.
    expect(used - pending - 5).toBe(answer.used - answer.pending);
  });

  it("refuses once all is used, without asking the store", async () => {
    let answer = await check("refused", "refuse");
    while (answer.allowed) answer = await check("refused", "refuse");
    expect(answer).toMatchObject({ reason: "degraded", told: [0.8, 0.95, 1] });
    expect(answer.used).toBeLessThan(monthly + 10);
    const { received } = stage.rest;
    expect(await check("refused", "refuse")).toMatchObject({ allowed: false, used: answer.used });
    expect(stage.rest.received).toBe(received);
  });

  it("isn't held up by requests whose clients went away while they waited for the store", async () => {
    const { rest } = stage;
    await check("gone", "allow");
    rest.fault = { kind: "silence" };
    const { received } = rest;
    const lost = await Promise.all([1, 2, 3].map(() => vanishingRequest(urlOf("gone", "allow"))));
    await until("all wait for the store", () => rest.received >= received + lost.length);
    for (const { vanish } of lost) vanish();
    rest.fault = { kind: "pass" };
    for (let times = 0; times < 20; times += 1) {
      const answered = performance.now();
      expect((await check("gone", "allow")).allowed).toBe(true);
      expect(performance.now() - answered).toBeLessThan(2_500);
    }
  });

  it("leaves nothing pending or unhandled behind", () => {
    expect(workerd.output).toBe("");
  });
});
