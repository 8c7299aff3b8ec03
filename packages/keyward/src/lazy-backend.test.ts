import { testBackend } from "@keyward/conformance";
import { createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { createLazyBackend } from "./lazy-backend.ts";

const capabilities = { reach: "local", push: true, billedPerCommand: false } as const;

describe("a lazy backend over memory", () => {
  let now = Date.now();
  testBackend(() => createLazyBackend("memory", capabilities, async () => createMemoryBackend({ now: () => now })), {
    capabilities,
    advance: (ms) => {
      now += ms;
    },
  });
});

describe("createLazyBackend", () => {
  it("makes the backend once, on first use, however many calls come together", async () => {
    let made = 0;
    const backend = createLazyBackend("memory", capabilities, async () => {
      made += 1;
      return createMemoryBackend();
    });
    expect(made).toBe(0);
    await Promise.all([backend.set("a", "1"), backend.set("b", "2")]);
    expect(await backend.getMany(["a", "b"])).toEqual(["1", "2"]);
    expect(made).toBe(1);
  });

  it("makes nothing for a close that comes first, and refuses what comes later", async () => {
    const backend = createLazyBackend("memory", capabilities, () => Promise.reject(new Error("made")));
    await backend.close();
    await backend.close();
    await expect(backend.get("a")).rejects.toMatchObject({ code: "BACKEND_CLOSED", operation: "get" });
  });

  it("knows a deadline once the backend is made", async () => {
    const inner = {
      ...createMemoryBackend(),
      deadlineMs: (bytes: number) => 250 + bytes / 1024,
      get: async () => null,
    };
    const backend = createLazyBackend("memory", capabilities, async () => inner);
    expect(backend.deadlineMs?.(0)).toBeUndefined();
    await backend.get("a");
    expect(backend.deadlineMs?.(1024)).toBe(251);
  });

  it("closes what was still being made", async () => {
    const inner = createMemoryBackend();
    let finish = (_backend: KeyValueBackend) => {};
    const backend = createLazyBackend(
      "memory",
      capabilities,
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    const pending = backend.subscribe("channel", () => {});
    const closing = backend.close();
    finish(inner);
    await Promise.all([pending, closing]);
    await expect(inner.get("a")).rejects.toMatchObject({ code: "BACKEND_CLOSED" });
  });

  it("tries again after a failure, and can be closed after one", async () => {
    let attempts = 0;
    const backend = createLazyBackend("memory", capabilities, async () => {
      attempts += 1;
      if (attempts === 1) throw new Error("not there yet");
      return createMemoryBackend();
    });
    await expect(backend.get("a")).rejects.toThrow("not there yet");
    expect(await backend.get("a")).toBeNull();

    const failing = createLazyBackend("memory", capabilities, () => Promise.reject(new Error("never there")));
    await expect(failing.ping()).rejects.toThrow("never there");
    await failing.close();
  });
});
