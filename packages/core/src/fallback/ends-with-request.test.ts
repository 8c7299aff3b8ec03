import { afterEach, beforeEach, expect, it, type MockInstance, vi } from "vitest";
import { codeOf, local, useFallback } from "./fixtures/use-fallback.ts";

beforeEach(() => {
  vi.stubGlobal("navigator", { userAgent: "Cloudflare-Workers" });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const subject = useFallback();

let setTimer: MockInstance<typeof setTimeout>;
beforeEach(() => {
  setTimer = vi.spyOn(globalThis, "setTimeout");
});

/** The requests until now are over, and their timers with them. */
function endRequests(): void {
  for (const { value } of setTimer.mock.results) clearTimeout(value);
}

it("doesn't take a store for away because of calls whose requests are over", async () => {
  subject.store.behaviour = "silent";
  const lost = Array.from({ length: 20 }, () => codeOf(subject.backend.get("key")));
  endRequests();
  await vi.advanceTimersByTimeAsync(10_000);
  subject.store.behaviour = "well";
  await subject.backend.get("key");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(new Set(await Promise.all(lost))).toEqual(new Set(["BACKEND_TIMEOUT"]));
  expect([subject.backend.mode, subject.backend.health().failures]).toEqual(["primary", 0]);
});

it("is back after five operations that waited for the probe that was due", async () => {
  await subject.trip();
  subject.store.behaviour = "well";
  for (let operation = 0; operation < 5; operation += 1) {
    endRequests();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(subject.backend.mode).toBe("local");
    await subject.backend.get("key", local);
  }
  expect(subject.backend.mode).toBe("primary");
});

it("lets an operation wait for a probe no longer than its deadline", async () => {
  await subject.trip();
  subject.store.behaviour = "silent";
  endRequests();
  await vi.advanceTimersByTimeAsync(2_000);
  const answered = vi.fn();
  void subject.backend.get("key", { ...local, timeoutMs: 100 }).then(answered);
  await vi.advanceTimersByTimeAsync(99);
  expect(answered).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(answered).toHaveBeenCalledWith(null);
  await subject.backend.get("key", local);
});
