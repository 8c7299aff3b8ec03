import { createGate } from "@keyward/test-kit";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createFleet, reportCost, settle, spend } from "./fixtures/budgeted-fleet.ts";

const minuteMs = 60_000;

afterEach(() => void vi.useRealTimers());

describe("a report that fails", () => {
  const failing = (kind: "fail-before" | "fail-after", counts: readonly number[]) => {
    return ({ operation, count }: { readonly operation: string; readonly count: number }) =>
      operation === "run:report-commands" && counts.includes(count) ? ({ kind } as const) : undefined;
  };

  it("keeps what is pending, delays no caller, and is repeated after a minute", async () => {
    const one = createFleet(500_000).instance({}, failing("fail-before", [1, 2]));
    await spend(one, 1);
    expect(one.backend.budget()).toMatchObject({ month: null, used: 2, pending: 2 });
    await spend(one, 600);
    expect(one.operations().filter((name) => name.startsWith("run:"))).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(minuteMs);
    expect(one.operations().filter((name) => name.startsWith("run:"))).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(minuteMs);
    const { used, month } = one.backend.budget();
    expect({ used, month }).toEqual({ used: 601 + 2 + reportCost, month: "2023-11" });
  });

  it("counts once if it was applied and its answer was lost", async () => {
    const fleet = createFleet(500_000);
    const one = fleet.instance({}, failing("fail-after", [1, 3]));
    await spend(one, 50);
    await vi.advanceTimersByTimeAsync(2 * minuteMs);
    await spend(one, 500);
    await vi.advanceTimersByTimeAsync(2 * minuteMs);
    await one.backend.close();
    const reports = one.operations().filter((name) => name === "run:report-commands").length;
    expect(one.backend.budget()).toMatchObject({ used: 550 + reports * reportCost, pending: 0 });
  });

  it("delays the next one for a minute if its answer never comes, and counts once if it was sent after all", async () => {
    const gate = createGate();
    const fleet = createFleet(500_000);
    const one = fleet.instance({}, ({ operation, count }) =>
      operation === "run:report-commands" && count === 1 ? { kind: "hold", until: gate.opened } : undefined,
    );
    await spend(one, 600);
    expect(one.backend.budget()).toMatchObject({ month: null });
    await vi.advanceTimersByTimeAsync(minuteMs);
    expect(one.backend.budget()).toMatchObject({ month: "2023-11" });
    gate.open();
    await settle();
    await one.backend.close();
    const reports = one.operations().filter((name) => name === "run:report-commands").length;
    expect(one.backend.budget()).toMatchObject({ used: 600 + reports * reportCost, pending: 0 });
  });
});
