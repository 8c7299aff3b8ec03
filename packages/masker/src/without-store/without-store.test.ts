import { randomBytes } from "node:crypto";
import {
  BackendError,
  ConfigurationError,
  createMemoryBackend,
  type KeyValueBackend,
  NumberingError,
  withFallback,
} from "@keyward/core";
import { createGate } from "@keyward/test-kit";
import { describe, expect, it } from "vitest";
import type { MaskerEvent } from "../events.ts";
import { breakable, failures } from "../fixtures/breakable-backend.ts";
import { failureOf, instance } from "../fixtures/counted-masker.ts";
import { encryption, lost } from "../fixtures/lost-masker.ts";
import { createMasker } from "../masker.ts";

const ec2 = "i-1234567890abcdef0";
const password = `${"correct-horse-battery-staple-".repeat(3)}Zx9`;

describe("masking without the store", () => {
  it("replaces a new value with a sealed token, short enough to be repeated", async () => {
    const { text } = await lost().masker.mask(ec2);
    expect(text).toMatch(/^AWS_EC2_X[0-9A-HJKMNP-TV-Z]{48}$/);
    expect(text.length).toBe(57);
  });

  it.each(failures)("seals values that can't be numbered, and keeps numbers that are known: %j", async (fault) => {
    const { backend, breakBy } = breakable();
    const masker = createMasker({ backend, encryption });
    await masker.mask("10.0.0.1");
    breakBy(fault);
    const masked = await masker.mask("10.0.0.1 and 10.0.0.2");
    expect(masked.text).toMatch(/^NET_IPV4_001 and NET_IPV4_X[0-9A-Z]+$/);
    expect((await masker.unmask(masked.text, masked)).text).toBe("10.0.0.1 and 10.0.0.2");
  });

  it("seals when the caller's timeout has passed", async () => {
    const gate = createGate();
    const { backend, breakBy } = breakable();
    breakBy({ kind: "hold", until: gate.opened });
    const { text } = await createMasker({ backend, encryption }).mask("10.0.0.1", { timeoutMs: 5 });
    expect(text).toMatch(/^NET_IPV4_X/);
    gate.open();
  });

  it("numbers again once the store is back", async () => {
    const { masker, breakBy } = lost();
    const sealed = await masker.mask("10.0.0.1");
    breakBy(undefined);
    expect((await masker.mask("10.0.0.1")).text).toBe("NET_IPV4_001");
    expect((await masker.unmask(`${sealed.text} NET_IPV4_001`, sealed)).text).toBe("10.0.0.1 NET_IPV4_001");
  });

  it.each(["BACKEND_REJECTED", "BACKEND_CLOSED"] as const)("throws an error that isn't an outage: %s", async (code) => {
    const failure = new BackendError(code, "no", { operation: "run", outcome: "not-applied", retryable: false });
    const backend: KeyValueBackend = { ...breakable().backend, run: () => Promise.reject(failure) };
    expect(await failureOf(createMasker({ backend, encryption }).mask("10.0.0.1"))).toBe(failure);
  });

  it.each(["BACKEND_UNAVAILABLE", "BACKEND_TIMEOUT", "BACKEND_FULL", "BACKEND_REPLY_INVALID"] as const)(
    "seals if the store fails with %s",
    async (code) => {
      const failure = new BackendError(code, "no", { operation: "run", outcome: "unknown", retryable: false });
      const backend: KeyValueBackend = { ...breakable().backend, run: () => Promise.reject(failure) };
      expect((await createMasker({ backend, encryption }).mask("10.0.0.1")).text).toMatch(/^NET_IPV4_X/);
    },
  );

  it("throws for an abort, a wrong key and values that can't be numbered at all", async () => {
    const store = createMemoryBackend();
    await createMasker({ backend: store, encryption }).mask("10.0.0.1");
    const wrong = createMasker({ backend: store, encryption: { keys: [randomBytes(32)] } });
    expect(await failureOf(wrong.mask("10.0.0.2"))).toBeInstanceOf(ConfigurationError);

    const exhausted: KeyValueBackend = {
      ...breakable(store).backend,
      run: () => Promise.reject(new NumberingError("NUMBERS_EXHAUSTED", "NET_IPV4", "none left")),
    };
    expect(await failureOf(createMasker({ backend: exhausted, encryption }).mask("10.0.0.2"))).toBeInstanceOf(
      NumberingError,
    );

    const gate = createGate();
    const { backend, breakBy } = breakable();
    breakBy({ kind: "hold", until: gate.opened });
    const abort = new AbortController();
    const masking = failureOf(createMasker({ backend, encryption }).mask("10.0.0.2", { signal: abort.signal }));
    // Even with this reason it isn't an outage: nobody waits for the masked text any more.
    const reason = new BackendError("BACKEND_TIMEOUT", "enough", {
      operation: "request",
      outcome: "unknown",
      retryable: true,
    });
    abort.abort(reason);
    expect(await masking).toBe(reason);
    gate.open();
  });

  it("masks text that looks like a sealed token, so that it comes back as it was", async () => {
    const { masker } = lost();
    const other = await masker.mask(ec2);
    const text = `is ${other.text} the same as ${ec2}, or ${other.text.toLowerCase()}?`;
    const masked = await masker.mask(text);
    expect(masked.findings.map(({ type }) => type)).toEqual(["TEXT_LITERAL", "AWS_EC2", "TEXT_LITERAL"]);
    expect(await masker.unmask(masked.text, masked)).toEqual({ text, unresolved: [] });
    expect(masker.preview(other.text)).toMatchObject([{ type: "TEXT_LITERAL" }]);
  });

  it("never takes numbers from a fallback's memory", async () => {
    const { backend, breakBy } = breakable();
    const fallback = withFallback(backend);
    const masker = createMasker({ backend: fallback, encryption });
    breakBy({ kind: "fail-before" });
    for (let index = 0; fallback.health().mode === "primary" || index < 9; index++) {
      expect((await masker.mask(`10.0.0.${index}`)).text).toMatch(/^NET_IPV4_X/);
    }
    const asked = backend.calls.length;
    const masked = await masker.mask("10.0.1.1");
    expect((await masker.unmask(masked.text, masked)).text).toBe("10.0.1.1");
    expect(backend.calls).toHaveLength(asked);
    await fallback.close();
  });

  it("masks fifty thousand new values in linear time", async () => {
    const fastest = async (count: number) => {
      const text = Array.from({ length: count }, (_, index) => instance(index)).join(" ");
      let least = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 2; round++) {
        const { masker } = lost();
        const begin = performance.now();
        expect((await masker.mask(text)).findings).toHaveLength(count);
        least = Math.min(least, performance.now() - begin);
      }
      return least;
    };
    await fastest(2_000);
    const small = await fastest(12_500);
    expect(await fastest(50_000)).toBeLessThan(9 * small + 50);
  });
});

describe("an original of more than 64 bytes", () => {
  it("has a short token, and travels in the handle, sealed", async () => {
    const masked = await lost().masker.mask(`password=${password}`);
    expect(masked.text).toMatch(/^password=SECRET_PASSWORD_X[0-9A-Z]{16}$/);
    expect(masked.handle).not.toContain(password.slice(0, 20));
    expect(Buffer.from(masked.handle, "base64url").toString("latin1")).not.toContain(password.slice(0, 20));
    const fresh = lost().masker;
    expect((await fresh.unmask(masked.text, masked.handle)).text).toBe(`password=${password}`);
  });

  it("can't be restored without its handle", async () => {
    const { masker } = lost();
    const { text } = await masker.mask(`password=${password}`);
    expect(await masker.unmask(text, null, { within: "scope" })).toMatchObject({
      text,
      unresolved: [{ reason: "not-issued" }],
    });
  });

  it("is refused if one handle can't hold it together with many others", async () => {
    const many = Array.from({ length: 40 }, (_, index) => `password="${index}${"x".repeat(30_000)}"`).join("\n");
    expect(await failureOf(lost().masker.mask(many))).toMatchObject({ code: "HANDLE_INVALID" });
  });
});

describe("the events", () => {
  it("tell how many values were sealed and why, and how many tokens were unavailable, but no value", async () => {
    const events: MaskerEvent[] = [];
    const store = createMemoryBackend();
    const masked = await createMasker({ backend: store, encryption }).mask("10.0.0.1");
    const { backend, breakBy } = breakable(store);
    const masker = createMasker({ backend, encryption, observer: (event) => events.push(event) });
    await masker.mask("10.0.0.1");
    breakBy({ kind: "time-out", applied: false });
    const sealed = await masker.mask("10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.2");
    await masker.erase("scope").catch(() => undefined);
    await masker.unmask(`NET_IPV4_001 ${sealed.text}`, [masked, sealed], { onBackendError: "leave" });
    expect(events).toMatchObject([
      { type: "mask", sealed: 0, storeLookups: 1 },
      { type: "mask", sealed: 2, storeLookups: 2, backendError: "BACKEND_TIMEOUT" },
      { type: "unmask", tokens: 5, unresolved: { unavailable: 1 } },
    ]);
    expect(events[0]).not.toHaveProperty("backendError");
    expect(JSON.stringify([events, sealed])).not.toContain("10.0.0.");
  });

  it("contain no value in errors either", async () => {
    const { masker } = lost({ onBackendError: "throw" });
    const error = (await failureOf(masker.mask(ec2))) as Error;
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(ec2);
  });
});
