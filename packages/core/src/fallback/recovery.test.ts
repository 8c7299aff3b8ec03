import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import type { KeyValueBackend } from "../backend.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { codeOf, local, useFallback } from "./fixtures/use-fallback.ts";
import { withFallback } from "./with-fallback.ts";

const subject = useFallback();

describe("recovery hooks", () => {
  it("get what was written to memory, which is dropped after them; the store is in use again by then", async () => {
    const seen: unknown[] = [];
    let handed: KeyValueBackend | undefined;
    subject.backend.onRecovery(async ({ local: memory, outageMs }) => {
      handed = memory;
      seen.push(subject.backend.mode, await memory.get("key"), outageMs);
    });
    await subject.trip();
    await subject.backend.set("key", "local", local);
    await subject.recover();
    expect(seen).toEqual(["primary", "local", 7_500]);
    expect(await codeOf(handed?.get("key") ?? Promise.resolve())).toBe("BACKEND_CLOSED");
    await subject.trip();
    expect(await subject.backend.get("key", local)).toBeNull();
  });

  it("that fail or never end are told of and stop nothing", async () => {
    const seen: string[] = [];
    subject.backend.onRecovery(() => {
      throw new TypeError("about the value of a tenant");
    });
    subject.backend.onRecovery(() => Promise.reject(new ConfigurationError("field", "problem")));
    subject.backend.onRecovery(() => new Promise(() => {}));
    subject.backend.onRecovery(() => void seen.push("ran"));
    const remove = subject.backend.onRecovery(() => void seen.push("removed"));
    remove();
    expect(() => subject.backend.onRecovery("hook" as never)).toThrow("hook: must be a function");
    await subject.trip();
    await subject.recover();
    expect(seen).toEqual(["ran"]);
    expect(subject.events.slice(2).map((event) => "error" in event && event.error)).toEqual([
      "TypeError",
      "CONFIGURATION_INVALID",
      "timeout",
    ]);
    expect(JSON.stringify(subject.events)).not.toContain("tenant");
  });
});

describe("memory that is the caller's own", () => {
  /** What an outage comes to with it: how a degraded operation ends, and what nobody caught. */
  async function outage(fallback: () => unknown): Promise<{ code: string; uncaught: unknown[] }> {
    const uncaught: unknown[] = [];
    const listener = (reason: unknown) => uncaught.push(reason);
    process.on("unhandledRejection", listener);
    const backend = withFallback(subject.store, { fallback: fallback as () => KeyValueBackend });
    subject.store.behaviour = "BACKEND_UNAVAILABLE";
    for (let count = 0; count < 5; count += 1) await codeOf(backend.get("key"));
    const code = await codeOf(backend.get("key", local));
    subject.store.behaviour = "well";
    await vi.advanceTimersByTimeAsync(40_000);
    expect(backend.mode).toBe("primary");
    await backend.close();
    await nextTurn();
    process.off("unhandledRejection", listener);
    return { code, uncaught };
  }

  it("does no harm when it can't be closed", async () => {
    const close = () => Promise.reject(new Error("the memory's own trouble"));
    const ended = await outage(() => Object.assign(createMemoryBackend(), { close }));
    expect(ended).toEqual({ code: "fulfilled", uncaught: [] });
  });

  it("fails the operation, and nothing else, when it can't be made or is no backend", async () => {
    const thrown = await outage(() => {
      throw new ConfigurationError("memory", "problem");
    });
    expect(thrown).toEqual({ code: "CONFIGURATION_INVALID", uncaught: [] });
    expect(await outage(() => ({}))).toEqual({ code: "CONFIGURATION_INVALID", uncaught: [] });
  });
});

describe("memory between outages", () => {
  it("keeps what single failures leave behind for thirty seconds, however often it is asked for", async () => {
    const failOnce = async () => {
      subject.store.behaviour = "BACKEND_UNAVAILABLE";
      const found = await subject.backend.get("key", local);
      subject.store.behaviour = "well";
      await subject.backend.get("other");
      return found;
    };
    subject.store.behaviour = "BACKEND_UNAVAILABLE";
    await subject.backend.set("key", "local", local);
    for (let count = 0; count < 3; count += 1) {
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await failOnce()).toBe("local");
    }
    await vi.advanceTimersByTimeAsync(1);
    expect(await failOnce()).toBeNull();
  });

  it("begins anew with an outage, however long ago a single failure was, and lasts as long as it does", async () => {
    subject.store.behaviour = "BACKEND_UNAVAILABLE";
    await subject.backend.set("key", "stale", local);
    await vi.advanceTimersByTimeAsync(60_000);
    await subject.trip();
    expect(await subject.backend.get("key", local)).toBeNull();
    await subject.backend.set("key", "local", local);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(await subject.backend.get("key", local)).toBe("local");
  });
});
