import { describe, expect, it, vi } from "vitest";
import { codeOf, local, useFallback } from "./fixtures/use-fallback.ts";

const subject = useFallback();

describe("probes", () => {
  it("come after 1 to 2 s, then twice as late each, up to 15 to 30 s", async () => {
    for (const [chance, first, last] of [
      [0, 1_000, 15_000],
      [1 - 2 ** -53, 2_000, 30_000],
    ] as const) {
      vi.mocked(Math.random).mockReturnValue(chance);
      await subject.trip();
      const times: number[] = [];
      const start = performance.now();
      subject.store.instead = (member) => {
        if (member === "ping") times.push(performance.now() - start);
        return undefined;
      };
      await vi.advanceTimersByTimeAsync(200_000);
      const gaps = times.map((time, index) => Math.round(time - (times[index - 1] ?? 0)));
      expect([gaps[0], gaps[1], gaps.at(-1)]).toEqual([first, 2 * first, last]);
      subject.store.instead = undefined;
      await subject.recover();
    }
  });

  it("bring the store back after five successes in a row, which write", async () => {
    await subject.trip();
    subject.store.behaviour = "well";
    await vi.advanceTimersByTimeAsync(4 * 1_500);
    expect(subject.backend.mode).toBe("local");
    subject.store.behaviour = "BACKEND_TIMEOUT";
    await vi.advanceTimersByTimeAsync(1_500);
    subject.store.behaviour = "well";
    await vi.advanceTimersByTimeAsync(3_000 + 3 * 1_500);
    expect(subject.backend.mode).toBe("local");
    await vi.advanceTimersByTimeAsync(1_500);
    expect(subject.backend.mode).toBe("primary");
    expect(subject.events.map(({ type }) => type)).toEqual(["backend.degraded", "backend.recovered"]);
    expect(subject.store.asked.filter((member) => member === "set")).toHaveLength(9);
  });

  it("come one at a time, however long one takes", async () => {
    await subject.trip();
    subject.store.behaviour = "silent";
    subject.store.asked.length = 0;
    await vi.advanceTimersByTimeAsync(3_000);
    for (let count = 0; count < 50; count += 1) await subject.backend.get("key", local);
    expect(subject.store.asked).toEqual(["ping"]);
  });

  it("begin with an operation where the timer is lost, which doesn't wait for them", async () => {
    const setTimer = vi.spyOn(globalThis, "setTimeout").mockImplementation(() => 0 as never);
    await subject.trip();
    subject.store.behaviour = "well";
    subject.store.asked.length = 0;
    for (let count = 0; count < 5; count += 1) {
      vi.advanceTimersByTime(1_500);
      await subject.backend.get("key", local);
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(subject.backend.mode).toBe("primary");
    setTimer.mockRestore();
  });

  it("don't bring back a store that refuses writes; what can't be degraded may try it", async () => {
    await subject.store.set("key", "shared");
    subject.store.behaviour = "read-only";
    for (let count = 0; count < 5; count += 1) await codeOf(subject.backend.set("key", "value"));
    expect(await codeOf(subject.backend.get("key"))).toBe("BACKEND_UNAVAILABLE");
    await vi.advanceTimersByTimeAsync(120_000);
    expect(subject.backend.mode).toBe("local");
    expect(await subject.backend.get("key")).toBe("shared");
    expect(await subject.backend.get("key", local)).toBeNull();
  });

  it("are what decides again once five that tried have failed", async () => {
    await subject.trip();
    subject.store.behaviour = "read-only";
    await vi.advanceTimersByTimeAsync(1_500);
    subject.store.behaviour = "BACKEND_TIMEOUT";
    for (let count = 0; count < 5; count += 1) expect(await codeOf(subject.backend.get("key"))).toBe("BACKEND_TIMEOUT");
    expect(await codeOf(subject.backend.get("key"))).toBe("BACKEND_UNAVAILABLE");
  });

  it("take a refusal of the probe itself for an answer", async () => {
    await subject.trip();
    subject.store.behaviour = "BACKEND_REJECTED";
    await vi.advanceTimersByTimeAsync(5 * 1_500);
    expect(subject.backend.mode).toBe("primary");
  });
});
