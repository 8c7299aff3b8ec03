import { randomBytes } from "node:crypto";
import { getEventListeners } from "node:events";
import { createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { faultyBackend } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ScopeOptions } from "../call-options.ts";
import type { MaskerEvent } from "../events.ts";
import type { RestoreSource } from "../handle/open-handle.ts";
import { createMasker, type Masker } from "../masker.ts";
import type { MaskerOptions } from "../options.ts";

const encryption = { keys: [randomBytes(32)] };

/** A masker that knows nothing yet, on a backend that counts its calls. */
function reading(backend: KeyValueBackend, options: MaskerOptions = {}) {
  const counting = faultyBackend(backend, () => undefined);
  return { masker: createMasker({ backend: counting, encryption, ...options }), calls: counting.calls };
}

/** A stream that is written to and read from chunk by chunk. */
function open(masker: Masker, source: RestoreSource, options?: ScopeOptions) {
  const stream = masker.unmaskStream(source, options);
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  return {
    /** Returns what comes out for one chunk, which must end with something that can't be part of a token. */
    async pass(chunk: string): Promise<string | undefined> {
      const [{ value }] = await Promise.all([reader.read(), writer.write(chunk)]);
      return value;
    },
    async end(): Promise<void> {
      await Promise.all([reader.read(), writer.close()]);
    },
  };
}

const addresses = (count: number) => Array.from({ length: count }, (_, index) => `10.0.${index >> 8}.${index & 255}`);

const withoutPush = (backend: KeyValueBackend): KeyValueBackend => ({
  ...faultyBackend(backend, () => undefined),
  capabilities: { ...backend.capabilities, push: false },
});

describe("a stream that stays open", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
  afterEach(() => vi.useRealTimers());

  it("stops restoring a value when it is erased", async () => {
    const masker = createMasker({ encryption });
    const masked = await masker.mask("10.0.0.1 10.0.0.2");
    const { pass } = open(masker, masked);
    expect(await pass("NET_IPV4_001 NET_IPV4_002 ")).toBe("10.0.0.1 10.0.0.2 ");
    await masker.erase({ tokens: ["NET_IPV4_001"] });
    expect(await pass("NET_IPV4_001 NET_IPV4_002 ")).toBe("NET_IPV4_001 10.0.0.2 ");
  });

  it("stops within 30 s of an erasure that it isn't told about", async () => {
    const backend = withoutPush(createMemoryBackend());
    const [eraser, masker] = [reading(backend).masker, reading(backend).masker];
    const masked = await eraser.mask("10.0.0.1");
    const { pass } = open(masker, masked);
    expect(await pass("NET_IPV4_001 ")).toBe("10.0.0.1 ");
    await eraser.erase("scope");
    vi.advanceTimersByTime(30_000);
    expect(await pass("NET_IPV4_001 ")).toBe("NET_IPV4_001 ");
  });

  it("asks once in 30 s for everything that the handle names", async () => {
    const backend = createMemoryBackend();
    const masked = await reading(backend).masker.mask(addresses(200).join(" "));
    const { masker, calls } = reading(backend);
    const { pass } = open(masker, masked);
    for (const [index, { token }] of masked.findings.entries()) {
      expect(await pass(`${token} `)).toBe(`${addresses(200)[index]} `);
      if (index === 99) vi.advanceTimersByTime(30_000);
    }
    expect(calls.map(({ operation }) => operation)).toEqual(["run:resolve", "run:resolve"]);
  });

  it("asks once for a token that is gone, however often it occurs", async () => {
    const backend = createMemoryBackend();
    const writer = reading(backend).masker;
    const masked = await writer.mask("10.0.0.1 10.0.0.2");
    await writer.erase({ tokens: ["NET_IPV4_001"] });
    const { masker, calls } = reading(backend);
    const { pass } = open(masker, masked);
    for (let time = 0; time < 5; time++) expect(await pass("NET_IPV4_001 ")).toBe("NET_IPV4_001 ");
    expect(calls.map(({ operation }) => operation)).toEqual(["run:resolve"]);
  });

  it("restores every token with a cache smaller than the handle, and looks ahead once", async () => {
    const backend = createMemoryBackend();
    const masked = await reading(backend).masker.mask(addresses(60).join(" "));
    const resolved: number[] = [];
    const spied: KeyValueBackend = {
      ...faultyBackend(backend, () => undefined),
      run(script, keys, input, options) {
        if (script.name === "resolve") resolved.push((input as { references: unknown[] }).references.length);
        return backend.run(script, keys, input, options);
      },
    };
    const { masker } = reading(spied, { maxCachedValuesPerScope: 4 });
    const { pass } = open(masker, masked);
    for (const [index, { token }] of masked.findings.entries()) {
      expect(await pass(`${token} `)).toBe(`${addresses(60)[index]} `);
    }
    expect(resolved.filter((length) => length > 1)).toEqual([60]);
    expect(resolved.length).toBeLessThanOrEqual(60);
  });
});

describe("a stream with a handle that can't be used", () => {
  const text = "There is no token in it.";

  it("fails as the whole text does, even if it contains no token", async () => {
    const masker = createMasker();
    const elsewhere = await masker.mask("10.0.0.1", { scope: "tenant-2" });
    for (const [handle, code] of [
      ["kw1~nonsense", "HANDLE_INVALID"],
      [elsewhere.handle, "SCOPE_MISMATCH"],
    ] as const) {
      await expect(masker.unmask(text, handle)).rejects.toMatchObject({ code });
      const stream = masker.unmaskStream(handle);
      await expect(stream.writable.getWriter().write(text)).rejects.toMatchObject({ code });
      await expect(stream.readable.getReader().read()).rejects.toMatchObject({ code });
    }
  });

  it("leaves no unhandled rejection when nobody reads or writes it", async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listener);
    try {
      createMasker({ encryption }).unmaskStream("kw1~nonsense");
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off("unhandledRejection", listener);
    }
    expect(unhandled).toEqual([]);
  });
});

describe("a stream with a signal", () => {
  afterEach(() => vi.restoreAllMocks());

  it("leaves no listener on a long-lived signal, however many chunks pass", async () => {
    const masker = createMasker({ encryption });
    const masked = await masker.mask("10.0.0.1");
    const compose = vi.spyOn(AbortSignal, "any");
    const { signal } = new AbortController();
    const { pass, end } = open(masker, masked, { signal });
    for (let chunk = 0; chunk < 10; chunk++) await pass("NET_IPV4_001 ");
    await end();
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(compose).not.toHaveBeenCalled();
  });

  it("fails with the signal's reason while the store is being asked", async () => {
    const backend = createMemoryBackend();
    const masked = await reading(backend).masker.mask("10.0.0.1");
    const deadline = new AbortController();
    const silent: KeyValueBackend = {
      ...faultyBackend(backend, () => undefined),
      run: (_script, _keys, _input, options) =>
        new Promise((_, reject) => {
          options?.signal?.addEventListener("abort", () => reject(options.signal?.reason));
          deadline.abort(new Error("time is up"));
        }),
    };
    const { pass } = open(reading(silent).masker, masked, { signal: deadline.signal });
    await expect(pass("NET_IPV4_001 ")).rejects.toThrow("time is up");
  });
});

describe("a stream's observer", () => {
  it("is told once at the end, in counts and times, but no value", async () => {
    const backend = createMemoryBackend();
    const masked = await reading(backend).masker.mask("10.0.0.1 10.0.0.2");
    const events: MaskerEvent[] = [];
    const { masker } = reading(backend, { observer: (event) => events.push(event) });
    const { pass, end } = open(masker, masked);
    await pass("NET_IPV4_001 ");
    await pass("NET_IPV4_002 NET_IPV4_009 ");
    expect(events).toEqual([]);
    await end();
    expect(events).toEqual([
      {
        type: "unmask",
        durationMs: expect.any(Number),
        textLength: 39,
        tokens: 3,
        unresolved: { "not-issued": 1 },
        storeLookups: 2,
      },
    ]);
  });
});
