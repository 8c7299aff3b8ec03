import { describe, expect, it, vi } from "vitest";
import { evictionPolicy } from "../numbering/eviction/read-eviction-policy.ts";
import { failure } from "./fixtures/scripted-store.ts";
import { codeOf, local, useFallback } from "./fixtures/use-fallback.ts";

const subject = useFallback();

describe("failures that may be the call's own fault", () => {
  const large = "x".repeat(20 * 1024);

  it("don't count while a ping is answered: large ones, those that wait for replicas or have a deadline", async () => {
    subject.store.behaviour = "answers-pings";
    for (let count = 0; count < 20; count += 1) {
      void codeOf(subject.backend.set("key", large));
      void codeOf(subject.backend.run(evictionPolicy, ["key"], null, { replicas: 1 }));
      void codeOf(subject.backend.get("key", { timeoutMs: 1 }));
      void codeOf(subject.backend.get("key", { timeoutMs: 5_000 }));
    }
    await vi.advanceTimersByTimeAsync(6_000);
    expect(subject.backend.health()).toMatchObject({ mode: "primary", failures: 0 });
  });

  it("count, each of them, once a ping fails too", async () => {
    subject.store.behaviour = "silent";
    for (let count = 0; count < 4; count += 1) void codeOf(subject.backend.set("key", large));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(subject.backend.health()).toMatchObject({ mode: "primary", failures: 4 });
    void codeOf(subject.backend.set("key", large));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(subject.backend.mode).toBe("local");
    expect(subject.store.asked.filter((member) => member === "ping").length).toBeLessThanOrEqual(3);
  });

  it("don't count of subscriptions alone, which may be refused for ever while all else is answered", async () => {
    subject.store.instead = (member) =>
      member === "subscribe" ? Promise.reject(failure("BACKEND_UNAVAILABLE", member)) : undefined;
    await subject.backend.subscribe("channel", () => {}, local);
    for (let count = 0; count < 10; count += 1) await codeOf(subject.backend.subscribe("channel", () => {}));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(subject.store.asked.filter((member) => member === "subscribe").length).toBeGreaterThan(20);
    expect(subject.events).toEqual([]);
  });

  it("count at once where the caller has waited before, and by what is left of the deadline", async () => {
    subject.store.behaviour = "answers-pings";
    for (let count = 0; count < 5; count += 1) void codeOf(subject.backend.get("key", { waitedMs: 1_500 }));
    await vi.advanceTimersByTimeAsync(499);
    expect(subject.backend.health().failures).toBe(0);
    await vi.advanceTimersByTimeAsync(50);
    expect(subject.backend.mode).toBe("local");
  });

  it("count at once where the operation is small and has no deadline of its own", async () => {
    subject.store.behaviour = "answers-pings";
    for (let count = 0; count < 5; count += 1) void codeOf(subject.backend.set("key", "x".repeat(16 * 1024 - 4)));
    await vi.advanceTimersByTimeAsync(2_100);
    expect(subject.backend.mode).toBe("local");
  });
});
