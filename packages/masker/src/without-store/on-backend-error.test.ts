import { BackendError, createMemoryBackend, type KeyValueBackend, withFallback } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { breakable, failures } from "../fixtures/breakable-backend.ts";
import { failureOf } from "../fixtures/counted-masker.ts";
import { encryption, lost } from "../fixtures/lost-masker.ts";
import { createMasker } from "../masker.ts";
import type { MaskerOptions } from "../options.ts";

const createShared = (): KeyValueBackend => {
  const { backend } = breakable();
  return { ...backend, capabilities: { ...backend.capabilities, reach: "shared" } };
};

describe("onBackendError", () => {
  it('refuses a text with new values if it is "throw" or there is no key', async () => {
    for (const options of [{ onBackendError: "throw" }, { encryption: "none" }] as MaskerOptions[]) {
      expect(await failureOf(lost(options).masker.mask("10.0.0.1"))).toBeInstanceOf(BackendError);
    }
  });

  it("is a ConfigurationError if the keys and the backend don't allow it", () => {
    const wrong: [string, MaskerOptions][] = [
      ["onBackendError", { onBackendError: "ignore" as never }],
      ["onBackendError", { onBackendError: "seal" }],
      ["onBackendError", { onBackendError: "seal", encryption: "none" }],
      ["backend", { backend: withFallback("off"), encryption, onBackendError: "throw" }],
      ["backend", { backend: withFallback("off"), encryption: "none" }],
      ["backend", { backend: withFallback("off") }],
      ["encryption", { backend: createShared() }],
    ];
    for (const [field, options] of wrong) {
      expect(() => createMasker(options)).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID", field }));
    }
  });

  it("seals everything if the store is switched off", async () => {
    const masker = createMasker({ backend: withFallback("off"), encryption });
    const masked = await masker.mask("10.0.0.1");
    expect(masked.text).toMatch(/^NET_IPV4_X/);
    expect((await masker.unmask(masked.text, masked)).text).toBe("10.0.0.1");
  });

  it.each(["leave" as const, "throw" as const])(
    "restores sealed and known values, whatever it is: %s",
    async (choice) => {
      const { backend, breakBy } = breakable();
      const masker = createMasker({ backend, encryption });
      const known = await masker.mask("10.0.0.1");
      breakBy({ kind: "fail-before" });
      const sealed = await masker.mask("10.0.0.2");
      const answer = `${known.text} ${sealed.text}`;
      const options = { onBackendError: choice };
      expect(await masker.unmask(answer, [known, sealed], options)).toEqual({
        text: "10.0.0.1 10.0.0.2",
        unresolved: [],
      });
    },
  );

  it('leaves tokens that can\'t be looked up if it is "leave", and reports them as unavailable', async () => {
    const store = createMemoryBackend();
    const masked = await createMasker({ backend: store, encryption }).mask("10.0.0.1");
    const { backend, breakBy } = breakable(store);
    const masker = createMasker({ backend, encryption });
    for (const fault of failures) {
      breakBy(fault);
      const sealed = await masker.mask("10.0.0.9");
      const answer = `NET_IPV4_001 ${sealed.text} NET_IPV4_002`;
      expect(await masker.unmask(answer, [masked, sealed], { onBackendError: "leave" })).toEqual({
        text: "NET_IPV4_001 10.0.0.9 NET_IPV4_002",
        unresolved: [
          { token: "NET_IPV4_001", reason: "unavailable", start: 0 },
          { token: "NET_IPV4_002", reason: "not-issued", start: answer.lastIndexOf("NET") },
        ],
      });
      expect(await masker.unmaskJson('"NET_IPV4_001"', masked, { onBackendError: "leave" })).toMatchObject({
        text: '"NET_IPV4_001"',
        unresolved: [{ reason: "unavailable" }],
      });
      expect(await failureOf(masker.unmask(answer, [masked, sealed]))).toBeInstanceOf(BackendError);
    }
    breakBy(undefined);
    expect((await masker.unmask("NET_IPV4_001", masked, { onBackendError: "leave" })).text).toBe("10.0.0.1");
    const wrong = masker.unmask("x", masked, { onBackendError: "seal" as never });
    expect(await failureOf(wrong)).toMatchObject({ field: "onBackendError" });
  });

  it("applies to streams too, separately for each piece", async () => {
    const store = createMemoryBackend();
    const masked = await createMasker({ backend: store, encryption }).mask("10.0.0.1");
    const { backend, breakBy } = breakable(store);
    const masker = createMasker({ backend, encryption });
    breakBy({ kind: "fail-before" });
    const sealed = await masker.mask("10.0.0.2");
    const stream = masker.unmaskStream([masked, sealed], { onBackendError: "leave" });
    const [writer, reader] = [stream.writable.getWriter(), stream.readable.getReader()];
    const pass = async (chunk: string) => (await Promise.all([reader.read(), writer.write(chunk)]))[0].value;
    expect(await pass(`NET_IPV4_001 ${sealed.text} `)).toBe("NET_IPV4_001 10.0.0.2 ");
    breakBy(undefined);
    expect(await pass("NET_IPV4_001 ")).toBe("10.0.0.1 ");
    expect(stream.unresolved).toEqual([{ token: "NET_IPV4_001", reason: "unavailable", start: 0 }]);

    breakBy({ kind: "fail-before" });
    const strict = createMasker({ backend, encryption }).unmaskStream(masked);
    const failing = Promise.all([
      strict.readable.getReader().read(),
      strict.writable.getWriter().write("NET_IPV4_001 "),
    ]);
    expect(await failureOf(failing)).toBeInstanceOf(BackendError);
  });
});
