import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startLivedTime } from "./start-lived-time.ts";

let nowMs = 0;
const now = () => nowMs;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  nowMs = 0;
});
afterEach(() => vi.useRealTimers());

/** Lets the wall's time pass with a tick after every step. */
function live(stepsMs: readonly number[]): void {
  for (const stepMs of stepsMs) {
    nowMs += stepMs;
    vi.advanceTimersByTime(2);
  }
}

test("a loop that turns lives the time on the wall", () => {
  const lived = startLivedTime(now);
  live(Array.from({ length: 100 }, () => 3));
  nowMs += 1;
  expect(lived.elapsedMs).toBe(301);
});

test("what the process stands still for hardly counts", () => {
  const lived = startLivedTime(now);
  live([2, 2, 5_000, 2, 2, 800]);
  expect(lived.elapsedMs).toBe(4 * 2 + 2 * 8);
});

test("a standstill that isn't over yet doesn't count either", () => {
  const lived = startLivedTime(now);
  live([2]);
  nowMs += 60_000;
  expect(lived.elapsedMs).toBe(10);
});

test("it stands once it is stopped", () => {
  const lived = startLivedTime(now);
  lived.stop();
  expect(vi.getTimerCount()).toBe(0);
});
