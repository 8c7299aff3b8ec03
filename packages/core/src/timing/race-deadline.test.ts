import { createGate } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { raceDeadline } from "./race-deadline.ts";

const onTimeout = () => new Error("time is up");

function never(): Promise<string> {
  return new Promise(() => undefined);
}

describe("raceDeadline", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("settles as the work does and leaves no timer behind", async () => {
    await expect(raceDeadline(Promise.resolve("done"), { timeoutMs: 100, onTimeout })).resolves.toBe("done");
    await expect(raceDeadline(Promise.reject(new Error("broken")), { timeoutMs: 100, onTimeout })).rejects.toThrow(
      "broken",
    );
    expect(vi.getTimerCount()).toBe(0);
  });

  it("rejects when the deadline comes first, and ignores what the work does later", async () => {
    const { opened, open } = createGate();
    const late = opened.then(() => Promise.reject(new Error("too late")));
    const outcome = expect(raceDeadline(late, { timeoutMs: 100, onTimeout })).rejects.toThrow("time is up");
    await vi.advanceTimersByTimeAsync(100);
    await outcome;
    open();
    await Promise.allSettled([late]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("waits for a deadline beyond what a timer can hold", async () => {
    const { opened, open } = createGate();
    const work = opened.then(() => "done");
    const outcome = expect(raceDeadline(work, { timeoutMs: 2 ** 40, onTimeout })).resolves.toBe("done");
    await vi.advanceTimersByTimeAsync(1_000);
    open();
    await outcome;
  });

  it("rejects with the signal's reason, at once if it has been given already", async () => {
    const reason = new Error("not needed any more");
    await expect(raceDeadline(never(), { signal: AbortSignal.abort(reason), onTimeout })).rejects.toBe(reason);

    const controller = new AbortController();
    const raced = raceDeadline(never(), { timeoutMs: 100, signal: controller.signal, onTimeout });
    controller.abort(reason);
    await expect(raced).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("lets go of the signal once settled", async () => {
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, "removeEventListener");
    await raceDeadline(Promise.resolve(), { signal, onTimeout });
    expect(remove).toHaveBeenCalledOnce();
  });
});
