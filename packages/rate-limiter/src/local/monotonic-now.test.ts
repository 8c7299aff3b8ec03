import { afterEach, describe, expect, it, vi } from "vitest";
import { monotonicNow } from "./monotonic-now.ts";

describe("monotonicNow", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is the runtime's monotonic clock", () => {
    const before = performance.now();
    const now = monotonicNow();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(performance.now());
  });

  it("follows a fake clock that is installed later, as long as that is there", () => {
    vi.useFakeTimers();
    const before = monotonicNow();
    vi.advanceTimersByTime(86_400_000);
    expect(monotonicNow() - before).toBe(86_400_000);
    vi.useRealTimers();
    expect(monotonicNow()).toBeLessThanOrEqual(performance.now());
  });

  it("doesn't follow a fake wall clock", () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const before = monotonicNow();
    vi.setSystemTime(Date.now() + 86_400_000);
    expect(monotonicNow() - before).toBeLessThan(60_000);
  });
});
