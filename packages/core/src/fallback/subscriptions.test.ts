import { setImmediate as nextTurn } from "node:timers/promises";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { local, useFallback } from "./fixtures/use-fallback.ts";

const subject = useFallback();
let heard: string[];
let gaps: string[];

beforeEach(() => {
  [heard, gaps] = [[], []];
});

const listen = (name: string, options: object = {}) =>
  subject.backend.subscribe("channel", (message) => heard.push(`${name} ${message}`), {
    onGap: () => gaps.push(name),
    ...options,
  });

/** Messages are delivered in a later turn. */
const settle = () => vi.advanceTimersByTimeAsync(0);

describe("subscriptions under withFallback", () => {
  it("hear each message once while the store serves", async () => {
    await listen("degrading", local);
    await listen("keeping");
    await subject.backend.publish("channel", "hello", local);
    await settle();
    expect(heard).toEqual(["degrading hello", "keeping hello"]);
  });

  it("that may be degraded hear this process while the store is away; the others hear the store alone", async () => {
    await listen("degrading", local);
    await listen("keeping");
    await subject.trip();
    await subject.backend.publish("channel", "from here", local);
    subject.store.behaviour = "well";
    await subject.store.publish("channel", "from there");
    await settle();
    expect(heard).toEqual(["degrading from here", "degrading from there", "keeping from there"]);
    await expect(subject.backend.publish("channel", "never")).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
  });

  it("are told of the gap when the store is back, and each message arrives once again", async () => {
    await listen("degrading", local);
    await listen("keeping");
    await subject.trip();
    await subject.recover();
    expect(gaps).toEqual(["degrading", "keeping"]);
    await subject.backend.publish("channel", "after", local);
    await settle();
    expect(heard).toEqual(["degrading after", "keeping after"]);
  });

  it("may begin while the store is away, and join it when it is back", async () => {
    await subject.trip();
    await expect(listen("keeping")).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE", operation: "subscribe" });
    await listen("degrading", local);
    const end = await listen("ended", local);
    await end();
    expect(subject.store.asked).not.toContain("subscribe");
    await subject.recover();
    expect(gaps).toEqual(["degrading"]);
    await subject.store.publish("channel", "after");
    await settle();
    expect(heard).toEqual(["degrading after"]);
  });

  it("that begin at the very moment of its return join it too", async () => {
    await subject.trip();
    subject.store.behaviour = "well";
    await vi.advanceTimersByTimeAsync(4 * 1_500);
    const beginning: Promise<unknown>[] = [];
    subject.store.instead = (member) => {
      if (member === "set") void beginAtEachStepOf(beginning);
      return undefined;
    };
    await vi.advanceTimersByTimeAsync(1_500);
    await Promise.all(beginning);
    await settle();
    expect(subject.backend.mode).toBe("primary");
    expect(gaps).toHaveLength(beginning.length);
  });

  async function beginAtEachStepOf(beginning: Promise<unknown>[]): Promise<void> {
    for (; subject.backend.mode === "local"; await Promise.resolve()) beginning.push(listen("degrading", local));
  }

  it("that a single failure kept from the store join it by themselves", async () => {
    subject.store.behaviour = "BACKEND_TIMEOUT";
    await listen("degrading", local);
    await expect(listen("keeping")).rejects.toMatchObject({ code: "BACKEND_TIMEOUT" });
    await vi.advanceTimersByTimeAsync(1_500);
    subject.store.behaviour = "well";
    await vi.advanceTimersByTimeAsync(3_000);
    expect(gaps).toEqual(["degrading"]);
    await subject.backend.publish("channel", "after");
    await settle();
    expect(heard).toEqual(["degrading after"]);
  });

  it("are given up at the deadline, and ended when the primary makes them after all", async () => {
    let stand = () => {};
    const leave = vi.fn(async () => {});
    subject.store.instead = (member) =>
      member === "subscribe" ? new Promise((resolve) => (stand = () => resolve(leave))) : undefined;
    const late = listen("late").catch((error: { code: string }) => error.code);
    await vi.advanceTimersByTimeAsync(2_025);
    expect(await late).toBe("BACKEND_TIMEOUT");
    stand();
    await settle();
    expect(leave).toHaveBeenCalledOnce();
  });

  it("end with their signal, before they stand and after", async () => {
    const reason = new Error("not needed");
    await expect(listen("never", { ...local, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    await listen("ended", { ...local, signal: controller.signal });
    await listen("going", local);
    controller.abort();
    await subject.backend.publish("channel", "after");
    await subject.trip();
    await subject.backend.publish("channel", "from here", local);
    await settle();
    expect(heard).toEqual(["going after", "going from here"]);
    await subject.recover();
    expect(gaps).toEqual(["going"]);
  });

  it("end with their signal even where the primary fails to end them, and no process ends with it", async () => {
    const uncaught = vi.fn();
    process.on("unhandledRejection", uncaught);
    const leave = vi.fn(() => Promise.reject(new Error("the primary's own trouble")));
    subject.store.instead = (member) => (member === "subscribe" ? Promise.resolve(leave) : undefined);
    const controller = new AbortController();
    await listen("ended", { signal: controller.signal });
    controller.abort();
    await nextTurn();
    process.off("unhandledRejection", uncaught);
    expect(leave).toHaveBeenCalledOnce();
    expect(uncaught).not.toHaveBeenCalled();
  });

  it("keep what a listener throws at a gap to themselves", async () => {
    await listen("throwing", {
      onGap: () => {
        throw new Error("a listener's own trouble");
      },
    });
    await listen("going");
    await subject.trip();
    await subject.recover();
    expect(gaps).toEqual(["going"]);
  });
});
