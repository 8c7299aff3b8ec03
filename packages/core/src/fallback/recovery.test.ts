import { describe, expect, it, vi } from "vitest";
import type { KeyValueBackend } from "../backend.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { codeOf, local, useFallback } from "./fixtures/use-fallback.ts";

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

describe("memory between outages", () => {
  it("keeps what single failures leave behind for thirty seconds, an outage as long as it lasts", async () => {
    subject.store.behaviour = "BACKEND_UNAVAILABLE";
    await subject.backend.set("key", "local", local);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await subject.backend.get("key", local)).toBe("local");
    await vi.advanceTimersByTimeAsync(30_001);
    expect(await subject.backend.get("key", local)).toBeNull();
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
