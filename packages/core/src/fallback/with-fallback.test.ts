import { describe, expect, it, vi } from "vitest";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { defineScript } from "../script/define-script.ts";
import { failure } from "./fixtures/scripted-store.ts";
import { codeOf, local, useFallback } from "./fixtures/use-fallback.ts";
import { withFallback } from "./with-fallback.ts";

const subject = useFallback();

describe("withFallback", () => {
  it("hands everything to the primary while it serves", async () => {
    expect(await subject.backend.set("key", "value", local)).toBe(true);
    expect(await subject.store.get("key")).toBe("value");
    expect(subject.backend).toMatchObject({
      name: "scripted",
      mode: "primary",
      capabilities: subject.store.capabilities,
    });
    expect(subject.backend.health()).toMatchObject({
      mode: "primary",
      failures: 0,
      calls: 1,
      errorRate: 0,
      lastError: undefined,
    });
  });

  it.each(["BACKEND_UNAVAILABLE", "BACKEND_TIMEOUT", "BACKEND_FULL"] as const)(
    "answers what may be degraded from memory on %s, and passes the error on for all else",
    async (code) => {
      subject.store.behaviour = code;
      expect(await subject.backend.set("key", "value", local)).toBe(true);
      expect(await subject.backend.get("key", local)).toBe("value");
      expect(await codeOf(subject.backend.get("key"))).toBe(code);
      expect(subject.backend.mode).toBe("primary");
      expect(subject.store.asked).toEqual(["set", "get", "get"]);
    },
  );

  it.each(["BACKEND_REJECTED", "BACKEND_REPLY_INVALID", "BACKEND_CLOSED"] as const)(
    "takes %s for no outage: it is passed on whatever may be degraded, and doesn't count",
    async (code) => {
      subject.store.behaviour = code;
      for (let count = 0; count < 20; count += 1) expect(await codeOf(subject.backend.get("key", local))).toBe(code);
      expect(subject.backend.mode).toBe("primary");
      expect(subject.backend.health()).toMatchObject({ failures: 0, calls: 0 });
    },
  );

  it.each(["BACKEND_REJECTED", "BACKEND_REPLY_INVALID"] as const)(
    "tells %s on a health page, where a store that never answers with what is asked for would look well",
    async (code) => {
      subject.store.behaviour = code;
      await codeOf(subject.backend.get("key"));
      expect(subject.backend.health().lastError).toMatchObject({ code, operation: "get" });
    },
  );

  it("doesn't count a caller's mistakes and aborts", async () => {
    const reason = new Error("the caller went away");
    for (let count = 0; count < 20; count += 1) {
      await expect(subject.backend.get("", local)).rejects.toThrow(ConfigurationError);
      await expect(subject.backend.get("key", { signal: AbortSignal.abort(reason), ...local })).rejects.toBe(reason);
    }
    expect(subject.backend.health()).toMatchObject({ mode: "primary", failures: 0, calls: 0 });
  });

  it("takes a full memory for no outage: there is nothing to go to", async () => {
    const full = withFallback(createMemoryBackend({ maxBytes: 1_000 }));
    for (let count = 0; count < 6; count += 1) {
      expect(await codeOf(full.set("key", "x".repeat(1_000), local))).toBe("BACKEND_FULL");
    }
    expect(full.mode).toBe("primary");
    await full.close();
  });

  it("trips at the fifth failure in a row; then nobody waits for the store", async () => {
    await subject.trip();
    subject.store.behaviour = "silent";
    const before = subject.store.asked.length;
    await subject.backend.set("key", "local", local);
    expect(await subject.backend.get("key", local)).toBe("local");
    await expect(subject.backend.get("key")).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      operation: "get",
      outcome: "not-applied",
      retryable: true,
    });
    expect(subject.store.asked.length).toBe(before);
    expect(subject.events).toMatchObject([
      { type: "backend.degraded", reason: "consecutive-failures", operation: "get" },
    ]);
    expect(subject.backend.health()).toMatchObject({
      mode: "local",
      failures: 5,
      errorRate: 1,
      lastError: { code: "BACKEND_UNAVAILABLE", operation: "get" },
    });
  });

  it("trips at the fifth write in a row that is refused, though reads between them are answered", async () => {
    subject.store.behaviour = "read-only";
    for (let count = 1; count <= 5; count += 1) {
      expect(subject.backend.mode).toBe("primary");
      expect(await subject.backend.set("key", "value", local)).toBe(true);
      expect(await codeOf(subject.backend.get("key"))).toBe(count < 5 ? "fulfilled" : "BACKEND_UNAVAILABLE");
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(subject.events).toMatchObject([{ reason: "consecutive-failures", operation: "set" }]);
  });

  it("doesn't trip on one operation's timeouts while others are answered: it may be the operation that is slow", async () => {
    for (let count = 0; count < 20; count += 1) {
      subject.store.behaviour = "BACKEND_TIMEOUT";
      await subject.backend.set("key", "value", local);
      subject.store.behaviour = "well";
      await subject.backend.get("key");
    }
    expect(subject.backend.mode).toBe("primary");
  });

  it("trips on the error rate, with a warning before", async () => {
    let errors = 0;
    for (let count = 1; subject.backend.mode === "primary"; count += 1) {
      subject.store.behaviour = count % 90 === 0 ? "BACKEND_TIMEOUT" : "well";
      errors += (await codeOf(subject.backend.get("key"))) === "fulfilled" ? 0 : 1;
    }
    expect(errors).toBe(5);
    expect(subject.events).toMatchObject([
      { type: "backend.error-rate", calls: 450, errors: 5 },
      { type: "backend.degraded", reason: "error-rate", code: "BACKEND_TIMEOUT" },
    ]);
  });

  it("says nothing of how a call ends that began before the trip or the return", async () => {
    const late: ((error: unknown) => void)[] = [];
    subject.store.instead = () => new Promise((_, reject) => late.push(reject));
    const waiting = Array.from({ length: 20 }, () => codeOf(subject.backend.get("key", { timeoutMs: 60_000 })));
    subject.store.instead = undefined;
    await subject.trip();
    for (const reject of late.splice(0, 10)) reject(failure("BACKEND_UNAVAILABLE", "get"));
    await subject.recover();
    for (const reject of late) reject(failure("BACKEND_UNAVAILABLE", "get"));
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(["BACKEND_UNAVAILABLE"]));
    expect(subject.backend.health()).toMatchObject({ mode: "primary", failures: 0, calls: 0 });
  });

  it("ends an operation by its deadline, whatever the primary does", async () => {
    subject.store.behaviour = "silent";
    const ended: string[] = [];
    const note = (name: string, call: Promise<unknown>) =>
      call.catch((error: { code: string; outcome: string }) => ended.push(`${name} ${error.code} ${error.outcome}`));
    note("short", subject.backend.get("key", { timeoutMs: 100 }));
    note("own", subject.backend.set("key", "value"));
    note("large", subject.backend.set("key", "x".repeat(1024 * 1024)));
    await vi.advanceTimersByTimeAsync(99);
    expect(ended).toEqual([]);
    await vi.advanceTimersByTimeAsync(51);
    expect(ended).toEqual(["short BACKEND_TIMEOUT not-applied"]);
    await vi.advanceTimersByTimeAsync(1_900);
    expect(ended.slice(1)).toEqual(["own BACKEND_TIMEOUT unknown"]);
    await vi.advanceTimersByTimeAsync(1_024);
    expect(ended.slice(2)).toEqual(["large BACKEND_TIMEOUT unknown"]);
  });

  it("lets a backend end its calls by itself: what comes a moment after the deadline is taken", async () => {
    subject.store.instead = () => new Promise((resolve) => setTimeout(resolve, 124, "late"));
    const call = subject.backend.get("key", { timeoutMs: 100 });
    await vi.advanceTimersByTimeAsync(124);
    expect(await call).toBe("late");
  });

  it("needs one timer for all calls, and none for what is answered", async () => {
    subject.store.behaviour = "silent";
    const calls = Array.from({ length: 1_000 }, () => codeOf(subject.backend.get("key")));
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(2_025);
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["BACKEND_TIMEOUT"]));
  });

  it("never sends to the primary again what may have been applied", async () => {
    const step = defineScript<null, number>({
      ...{ name: "step", keys: ["key"], args: () => [], reply: Number, lua: "return 1" },
      memory: () => 1,
    });
    subject.store.behaviour = "silent";
    const degraded = subject.backend.run(step, ["key"], null, local);
    await vi.advanceTimersByTimeAsync(2_050);
    expect(await degraded).toBe(1);
    expect(subject.store.asked).toEqual(["run"]);
  });

  it("tells of slow operations, at most once a second", async () => {
    const slow = async () => {
      subject.store.instead = () => new Promise((resolve) => setTimeout(resolve, 150, null));
      const call = subject.backend.get("key-of-a-tenant");
      await vi.advanceTimersByTimeAsync(150);
      await call;
    };
    for (let count = 0; count < 8; count += 1) await slow();
    expect(subject.events).toMatchObject([
      { type: "backend.slow", operation: "get", durationMs: 150, untold: 0 },
      { type: "backend.slow", operation: "get", durationMs: 150, untold: 6 },
    ]);
    expect(subject.backend.health().latencyMs).toBe(150);
    expect(JSON.stringify(subject.events)).not.toContain("tenant");
  });

  it("keeps an observer's trouble to itself", async () => {
    const other = withFallback(subject.store, {
      observer: () => {
        throw new Error("observer");
      },
    });
    subject.store.behaviour = "BACKEND_UNAVAILABLE";
    for (let count = 0; count < 5; count += 1) await codeOf(other.get("key"));
    expect(other.mode).toBe("local");
    await other.close();
  });

  it("names the option that can't be used", () => {
    const create = (options: object) => () => withFallback(subject.store, options);
    expect(() => withFallback("on" as never)).toThrow("primary: must be a KeyValueBackend");
    expect(() => withFallback(undefined as never)).toThrow("primary: ");
    expect(() => withFallback("off", { fallback: (() => null) as never })).toThrow("fallback(): ");
    expect(create({ fallback: createMemoryBackend() })).toThrow("fallback: must be a function");
    expect(create({ observer: "console" })).toThrow("observer: must be a function");
    expect(create({ slowMs: 0 })).toThrow("slowMs: ");
    expect(create({ timeoutMs: Number.NaN })).toThrow("timeoutMs: ");
  });
});

describe("closing", () => {
  it("closes the primary and ends what it leaves pending", async () => {
    subject.store.behaviour = "silent";
    const pending = codeOf(subject.backend.get("key", local));
    const closing = subject.backend.close();
    expect(await codeOf(subject.backend.get("key", local))).toBe("BACKEND_CLOSED");
    await closing;
    expect(await pending).toBe("BACKEND_CLOSED");
    subject.store.behaviour = "well";
    expect(await codeOf(subject.store.get("key"))).toBe("BACKEND_CLOSED");
    expect(subject.backend.mode).toBe("closed");
    expect(subject.backend.health()).toMatchObject({ mode: "closed", since: Date.now() });
  });
});
