import { afterEach, describe, expect, it, vi } from "vitest";
import type { KeyValueBackend } from "../backend.ts";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { takeBlock } from "../numbering/counter/take-block.ts";
import { readReply } from "../script/read-reply.ts";
import { withCommandBudget } from "./command-budget.ts";
import { createFleet, reportCost, restOfMonthMs, settle, spend } from "./fixtures/budgeted-fleet.ts";
import { meteredBackend } from "./fixtures/metered-backend.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

afterEach(() => void vi.useRealTimers());

describe("a command budget", () => {
  it("knows nothing before it is used, and asks the store after the first command", async () => {
    const one = createFleet(500_000).instance();
    expect(one.backend.budget()).toEqual({ used: 0, monthly: 500_000, month: null, pending: 0 });
    await one.backend.get("key");
    await settle();
    expect(one.operations()).toEqual(["get", "run:report-commands"]);
    expect(one.backend.budget()).toEqual({ used: 1 + reportCost, monthly: 500_000, month: "2023-11", pending: 0 });
  });

  it("counts every member's commands, and also calls its caller's onSent", async () => {
    const one = createFleet(500_000).instance();
    const onSent = vi.fn();
    await spend(one, 1);
    const before = one.backend.budget().used;
    await one.backend.set("a", "1", { onSent });
    await one.backend.getMany(["a", "b"], { onSent });
    await one.backend.run(takeBlock, ["{n}"], { count: 1 }, { onSent });
    const end = await one.backend.subscribe("news", () => undefined, { onSent });
    await end();
    await one.backend.publish("news", "hello", { onSent });
    await one.backend.delete(["a"], { onSent });
    await one.backend.ping({ onSent });
    expect(onSent.mock.calls).toEqual(Array(7).fill([1]));
    expect(one.backend.budget().used - before).toBe(7);
  });

  it("reports a thousandth of the budget at once", async () => {
    const one = createFleet(500_000).instance();
    await spend(one, 1);
    await spend(one, 499);
    expect(one.backend.budget().pending).toBe(499);
    await spend(one, 1);
    expect(one.backend.budget()).toMatchObject({ used: 501 + 2 * reportCost, pending: 0 });
  });

  it("reports less after a minute if the report adds less than a tenth, and anything after an hour", async () => {
    const one = createFleet(500_000).instance();
    await spend(one, 1);
    await spend(one, 40);
    await vi.advanceTimersByTimeAsync(minuteMs - 1);
    expect(one.backend.budget().pending).toBe(40);
    await vi.advanceTimersByTimeAsync(1);
    expect(one.backend.budget().pending).toBe(0);
    await spend(one, 39);
    await vi.advanceTimersByTimeAsync(hourMs - 1);
    expect(one.backend.budget().pending).toBe(39);
    await vi.advanceTimersByTimeAsync(1);
    expect(one.backend.budget()).toMatchObject({ used: 80 + 3 * reportCost, pending: 0 });
  });

  it("sends nothing by itself while nothing is pending", async () => {
    const one = createFleet(500_000).instance();
    await spend(one, 1);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(2 * restOfMonthMs);
    expect(one.operations()).toEqual(["get", "run:report-commands"]);
  });

  it("adds up what several instances count at the same time", async () => {
    const fleet = createFleet(500_000);
    const instances = Array.from({ length: 8 }, () => fleet.instance());
    await Promise.all(instances.map((instance, place) => spend(instance, 700 + 100 * place)));
    await Promise.all(instances.map(({ backend }) => backend.close()));
    const reports = instances.flatMap(({ operations }) =>
      operations().filter((name) => name.startsWith("run:")),
    ).length;
    const late = fleet.instance();
    await spend(late, 1);
    expect(late.backend.budget().used).toBe(8 * 1050 + reports * reportCost + 1 + reportCost);
  });

  it("reports what is pending once when it is closed, and closes even if that fails", async () => {
    const fleet = createFleet(500_000);
    const one = fleet.instance();
    await spend(one, 31);
    await one.backend.close();
    await one.backend.close();
    expect(one.backend.budget()).toMatchObject({ used: 31 + 2 * reportCost, pending: 0 });
    expect(vi.getTimerCount()).toBe(0);
    const other = fleet.instance({}, ({ operation, count }) =>
      operation === "run:report-commands" && count > 1 ? { kind: "fail-before" } : undefined,
    );
    await spend(other, 9);
    await other.backend.close();
    expect(other.backend.budget().pending).toBeGreaterThan(0);
  });

  it("starts from zero when the month turns, and asks the store after the next command", async () => {
    const one = createFleet(500_000).instance();
    await spend(one, 100);
    await vi.advanceTimersByTimeAsync(restOfMonthMs);
    expect(one.backend.budget()).toEqual({ used: 0, monthly: 500_000, month: null, pending: 0 });
    await spend(one, 1);
    expect(one.backend.budget()).toEqual({ used: 1 + reportCost, monthly: 500_000, month: "2023-12", pending: 0 });
  });

  it("treats a script's reply without a count as unreadable", async () => {
    const store = createMemoryBackend();
    const run: KeyValueBackend["run"] = async (script, _keys, input) => readReply(script, ["ok", "1", "1"], input);
    const backend = withCommandBudget({ ...meteredBackend(store), run }, { monthly: 1 });
    await expect(backend.run(takeBlock, ["{n}"], { count: 1 })).rejects.toMatchObject({
      code: "BACKEND_REPLY_INVALID",
    });
  });

  it("counts nothing on a backend that sends nothing", async () => {
    const backend = withCommandBudget(createMemoryBackend(), { monthly: 1, beyond: "refuse" });
    await backend.set("key", "value");
    await backend.run(takeBlock, ["{n}"], { count: 1 });
    expect(await backend.get("key")).toBe("value");
    expect(backend.budget()).toEqual({ used: 0, monthly: 1, month: null, pending: 0 });
    expect([backend.name, backend.capabilities.reach]).toEqual(["memory", "local"]);
  });

  it.each([
    [{ monthly: 0 }, "monthly"],
    [{ monthly: 1.5 }, "monthly"],
    [{ monthly: "500000" }, "monthly"],
    [{ monthly: 1, beyond: "deny" }, "beyond"],
    [{ monthly: 1, observer: {} }, "observer"],
  ])("refuses %j, naming the option", (options, field) => {
    const make = () => withCommandBudget(createMemoryBackend(), options as never);
    expect(make).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID", field }));
  });

  it("refuses something that isn't a backend", () => {
    expect(() => withCommandBudget({} as never, { monthly: 1 })).toThrow(/^backend: /);
  });
});

describe("the thresholds", () => {
  const told = (share: number, used: number, month = "2023-11") => ({
    type: "budget.threshold",
    share,
    used,
    monthly: 1_000,
    month,
  });

  it("are each reported once, by the command that reaches them", async () => {
    const one = createFleet(1_000).instance();
    await spend(one, 1);
    while (one.backend.budget().used < 799) await one.backend.get("key").then(settle);
    expect(one.events).toEqual([]);
    await spend(one, 1);
    expect(one.events).toEqual([told(0.8, 800)]);
    await spend(one, 300);
    expect(one.events.map(({ share }) => share)).toEqual([0.8, 0.95, 1]);
    expect(one.events.map(({ used }) => used)).toEqual([800, expect.closeTo(951, -1), expect.closeTo(1001, -1)]);
    expect(one.backend.budget().used).toBeGreaterThan(1_100);
  });

  it("are reported all at once by a late instance, and again in the next month", async () => {
    const fleet = createFleet(1_000);
    await spend(fleet.instance(), 960);
    const late = fleet.instance();
    await spend(late, 1);
    expect(late.events.map(({ share }) => share)).toEqual([0.8, 0.95]);
    await vi.advanceTimersByTimeAsync(restOfMonthMs);
    await spend(late, 780);
    expect(late.events.slice(2).map(({ share, month }) => [share, month])).toEqual([[0.8, "2023-12"]]);
  });

  it("don't fail an operation if the observer throws", async () => {
    const observer = vi.fn(() => {
      throw new Error("observer");
    });
    const one = createFleet(10).instance({ observer });
    await spend(one, 20);
    expect(observer).toHaveBeenCalledTimes(3);
  });
});
