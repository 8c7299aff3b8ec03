import { describe, expect, it, vi } from "vitest";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { withFallback } from "./with-fallback.ts";

const local = { degrade: "local" } as const;

describe("withFallback over a store that is switched off", () => {
  it("says so, and has no timers and no events", () => {
    const observer = vi.fn();
    vi.useFakeTimers();
    const backend = withFallback("off", { observer });
    expect(backend).toMatchObject({
      name: "off",
      mode: "off",
      capabilities: { reach: "off", push: true, billedPerCommand: false },
    });
    expect(backend.health()).toEqual({
      ...{ mode: "off", since: Date.now(), lastError: undefined },
      ...{ failures: 0, calls: 0, errorRate: 0, latencyMs: undefined },
    });
    expect([vi.getTimerCount(), observer.mock.calls.length]).toEqual([0, 0]);
    vi.useRealTimers();
  });

  it("answers from memory what may be degraded, and refuses all else for good", async () => {
    const backend = withFallback("off");
    const hook = vi.fn();
    backend.onRecovery(hook)();
    expect(await backend.set("key", "value", local)).toBe(true);
    expect(await backend.get("key", local)).toBe("value");
    const refused = { code: "BACKEND_UNAVAILABLE", outcome: "not-applied", retryable: false };
    await expect(backend.get("key")).rejects.toMatchObject({ ...refused, operation: "get" });
    await expect(backend.ping()).rejects.toMatchObject({ ...refused, operation: "ping" });
    await expect(backend.subscribe("channel", () => {})).rejects.toMatchObject(refused);
    await expect(backend.get("key", { degrade: "never" })).rejects.toMatchObject(refused);
    expect(hook).not.toHaveBeenCalled();
  });

  it("delivers messages within the process", async () => {
    const backend = withFallback("off");
    const heard: string[] = [];
    await backend.subscribe("channel", (message) => heard.push(message), local);
    await backend.publish("channel", "hello", local);
    await Promise.resolve();
    expect(heard).toEqual(["hello"]);
  });

  it("uses the memory that it is given, and closes it", async () => {
    const memory = createMemoryBackend();
    const backend = withFallback("off", { fallback: () => memory });
    await backend.set("key", "value", local);
    expect(await memory.get("key")).toBe("value");
    await backend.close();
    expect(backend.mode).toBe("closed");
    await expect(memory.get("key")).rejects.toMatchObject({ code: "BACKEND_CLOSED" });
    await expect(backend.get("key")).rejects.toMatchObject({ code: "BACKEND_CLOSED" });
  });
});
