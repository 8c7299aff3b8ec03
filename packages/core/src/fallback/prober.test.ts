import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ProbeResult } from "./probe.ts";
import { Prober } from "./prober.ts";

let pending: ((result: ProbeResult) => void)[];
let heard: ProbeResult[];
let prober: Prober;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0);
  [pending, heard] = [[], []];
  prober = new Prober(
    () => new Promise((resolve) => pending.push(resolve)),
    (result) => heard.push(result),
  );
});
afterEach(() => {
  prober.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it("takes a probe for lost after ten seconds, and isn't told what comes of it later", async () => {
  prober.start();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(pending).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(9_999);
  prober.nudge();
  expect(pending).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  prober.nudge();
  expect(pending).toHaveLength(2);
  pending[0]?.("well");
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual([]);
  pending[1]?.("away");
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(["away"]);
});

it("isn't told of a probe that ends after it was stopped", async () => {
  prober.start();
  await vi.advanceTimersByTimeAsync(1_000);
  prober.stop();
  pending[0]?.("well");
  await vi.advanceTimersByTimeAsync(60_000);
  expect([heard, pending.length]).toEqual([[], 1]);
});
