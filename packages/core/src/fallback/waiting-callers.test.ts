import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { deadlineMs, slowStore } from "../numbering/fixtures/slow-store.ts";
import { createMappingStore } from "../numbering/mapping-store.ts";
import { withFallback } from "./with-fallback.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

it.each([
  ["answers nothing", () => new Promise<never>(() => {})],
  // As a Cluster does with one master frozen.
  ["answers pings alone", undefined],
])(
  "a store that %s is taken for away after five deadlines, also where callers share calls and wait",
  async (_, ping) => {
    const store = slowStore();
    const backend = withFallback({ ...store, ...(ping && { ping }) });
    const mappings = createMappingStore({ backend, scope: "s" });
    await mappings.assign([{ type: "HOST", value: "before" }]);
    store.answerMs = Number.POSITIVE_INFINITY;
    const startedAt = performance.now();
    while (backend.mode === "primary" && performance.now() - startedAt < 10_000) {
      // With an id, which else is worked out by another thread, while the clock runs on.
      mappings.assign([{ type: "HOST", value: "v", ids: ["v"] }]).catch(() => {});
      await vi.advanceTimersByTimeAsync(20);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(performance.now() - startedAt).toBeLessThan(5 * deadlineMs + 50);
    expect(store.calls.some(({ waitedMs = 0 }) => waitedMs > 0)).toBe(true);
    const closed = backend.close();
    vi.advanceTimersByTime(deadlineMs);
    await closed;
  },
);
