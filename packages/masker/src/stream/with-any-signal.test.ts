import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { withAnySignal } from "./with-any-signal.ts";

describe("withAnySignal", () => {
  it("aborts when the first signal does, for the same reason", async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const aborted = await withAnySignal([one.signal, other.signal], async (signal) => {
      expect(signal.aborted).toBe(false);
      other.abort("enough");
      one.abort("late");
      return signal;
    });
    expect(aborted.reason).toBe("enough");
  });

  it("is aborted from the start if one of the signals is", async () => {
    const reason = await withAnySignal([new AbortController().signal, AbortSignal.abort("over")], async (signal) => {
      return signal.reason as unknown;
    });
    expect(reason).toBe("over");
  });

  it("leaves no listener on a long-lived signal, even after an error", async () => {
    const { signal } = new AbortController();
    expect(await withAnySignal([signal], async () => getEventListeners(signal, "abort").length)).toBe(1);
    const failure = new Error("store is down");
    await expect(withAnySignal([signal], () => Promise.reject(failure))).rejects.toBe(failure);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
