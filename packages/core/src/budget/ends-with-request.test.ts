import { createGate, type FaultPlan } from "@keyward/test-kit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createFleet, reportCost, settle } from "./fixtures/budgeted-fleet.ts";

const minuteMs = 60_000;
/** A report that was sent, but whose script may not have run. */
const lostReport = 1;

beforeEach(() => {
  vi.stubGlobal("navigator", { userAgent: "Cloudflare-Workers" });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Applies `fault` to the `count`th report. */
const onReport =
  (count: number, fault: ReturnType<FaultPlan>): FaultPlan =>
  (call) =>
    call.operation === "run:report-commands" && call.count === count ? fault : undefined;

it("answers after sending the report that it made due, and sets no timer that its request would end", async () => {
  const gate = createGate();
  const one = createFleet(500_000).instance({}, onReport(1, { kind: "hold", until: gate.opened }));
  let isAnswered = false;
  const answer = one.backend.get("key").then(() => {
    isAnswered = true;
  });
  await settle();
  expect([isAnswered, one.operations(), vi.getTimerCount()]).toEqual([false, ["get", "run:report-commands"], 0]);
  gate.open();
  await answer;
  expect(one.backend.budget()).toEqual({ used: 1 + reportCost, monthly: 500_000, month: "2023-11", pending: 0 });
  await one.backend.get("key");
  expect([one.operations().length, vi.getTimerCount()]).toEqual([3, 0]);
});

it("doesn't wait for another request's report, and after a minute repeats one that ended with its request", async () => {
  const gate = createGate();
  const one = createFleet(500_000).instance({}, onReport(1, { kind: "hold", until: gate.opened }));
  void one.backend.get("key");
  await settle();
  for (let request = 0; request < 600; request += 1) await one.backend.get("key");
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(one.backend.budget().month).toBeNull();
  await one.backend.get("key");
  expect(one.backend.budget()).toMatchObject({ month: "2023-11", pending: 602 });
  await one.backend.get("key");
  expect(one.backend.budget()).toMatchObject({ used: 603 + lostReport + 2 * reportCost, pending: 0 });
});

it("gives a report the rest of the operation's deadline, and answers even if it fails", async () => {
  const fleet = createFleet(500_000);
  const one = fleet.instance({}, onReport(1, { kind: "fail-before" }));
  const run = vi.spyOn(fleet.store, "run");
  expect(await one.backend.get("key", { timeoutMs: 700 })).toBeNull();
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(await one.backend.set("key", "value", { timeoutMs: 700 })).toBe(true);
  expect(run.mock.calls.map(([, , , options]) => options?.timeoutMs)).toEqual([700]);
});

it("reports thresholds, and refuses, before the operation that reaches them is answered", async () => {
  const one = createFleet(100).instance({ beyond: "refuse" });
  const spendAll = async () => {
    for (;;) await one.backend.get("key");
  };
  await expect(spendAll()).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
  expect(one.events.map(({ share }) => share)).toEqual([0.8, 0.95, 1]);
  expect(one.backend.budget()).toMatchObject({ month: "2023-11" });
});

it("closes without waiting for a report that will never be answered", async () => {
  const one = createFleet(500_000).instance({}, onReport(1, { kind: "hold", until: new Promise(() => undefined) }));
  void one.backend.get("key");
  await settle();
  await one.backend.close();
  expect(one.backend.budget()).toMatchObject({ month: "2023-11", used: 1 + lostReport + reportCost });
});
