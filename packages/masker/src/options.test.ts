import { randomBytes } from "node:crypto";
import {
  BackendError,
  ConfigurationError,
  createMemoryBackend,
  defineScript,
  type KeyValueBackend,
} from "@keyward/core";
import { faultyBackend } from "@keyward/test-kit";
import { describe, expect, it } from "vitest";
import { dictionary } from "./detection/dictionary.ts";
import { pattern } from "./detection/pattern.ts";
import { MaskerError } from "./errors.ts";
import { counted, failureOf, key } from "./fixtures/counted-masker.ts";
import { createMasker } from "./masker.ts";
import type { MaskerOptions } from "./options.ts";

describe("bad input to a masker", () => {
  const wrong: [string, object][] = [
    ["scope", { scope: "" }],
    ["scope", { scope: 7 }],
    ["detectors", { detectors: ["awz"] }],
    ["encryption", { encryption: true }],
    ["encryption.keys", { encryption: { keys: [] } }],
    ["encryption.keys[0]", { encryption: { keys: [undefined] } }],
    ["encryption.keys[0]", { encryption: { keys: ["too short"] } }],
    ["encryption.keys[1]", { encryption: { keys: [key, Buffer.alloc(32)] } }],
    ["encryption.keys", { encryption: { keys: [key, key] } }],
    ["encryption.indexKeys[0]", { encryption: { keys: [key], indexKeys: ["x"] } }],
    ["ttl", { ttl: "soon" }],
    ["replicas", { replicas: 1 }],
    ["replicas", { replicas: -1 }],
    ["maxTextLength", { maxTextLength: 0 }],
    ["minimumConfidence", { minimumConfidence: "some" }],
    ["backend", { backend: {} }],
    ["observer", { observer: "console" }],
    ["allow", { allow: "10.0.0.1" }],
    ["allow[0]", { allow: [/(a+)+$/] }],
    ["detector", { detector: [] }],
    ["format.prefix", { format: { prefix: "", suffix: "" } }],
  ];

  it.each(wrong)("is a ConfigurationError that names %s: %j", (field, options) => {
    expect(() => createMasker(options as MaskerOptions)).toThrow(ConfigurationError);
    try {
      createMasker(options as MaskerOptions);
    } catch (error) {
      expect((error as ConfigurationError).field).toMatch(field);
      expect(String(error)).not.toContain(key);
      expect(String(error)).not.toContain("too short");
    }
  });

  it("refuses a pattern that can take too long, and a type that another type ends with", () => {
    expect(() => pattern({ type: "A_B", pattern: /(a+)+$/, maxLength: 50 })).toThrow(ConfigurationError);
    expect(() => createMasker({ detectors: ["aws", dictionary({ type: "MY_AWS_EC2", terms: ["x"] })] })).toThrow(
      ConfigurationError,
    );
  });

  it('refuses a shared store without encryption, unless encryption is "none"', () => {
    const capabilities = { reach: "shared", push: false, billedPerCommand: false } as const;
    const backend = { ...faultyBackend(createMemoryBackend(), () => undefined), capabilities };
    expect(() => createMasker({ backend })).toThrow(/encryption/);
    expect(() => createMasker({ backend, encryption: "none" })).not.toThrow();
  });

  it("refuses a text over the limit and input that isn't text, and passes nothing on", async () => {
    const masker = createMasker({ maxTextLength: 20 });
    const error = await failureOf(masker.mask("10.0.0.1 is the address of it"));
    expect(MaskerError.is(error) && error.code).toBe("TEXT_TOO_LONG");
    expect(String(error)).not.toContain("10.0.0.1");
    expect(await failureOf(masker.mask(42 as never))).toBeInstanceOf(ConfigurationError);
    expect(await failureOf(masker.mask("x".repeat(20), { scope: "" }))).toBeInstanceOf(ConfigurationError);
  });

  it("refuses a single value that is too long for the store", async () => {
    const masker = createMasker({ detectors: [dictionary({ type: "A_TERM", terms: ["secret"] })] });
    const error = await failureOf(masker.mask(`${"x".repeat(40_000)}secret`));
    expect(error).toMatchObject({ code: "TEXT_TOO_LONG" });
  });

  it("refuses a handle that was changed or cut, and input that isn't a handle", async () => {
    const { masker } = counted();
    const { handle, text } = await masker.mask("10.0.0.1 10.0.0.2");
    for (const bad of ["", "x", handle.slice(0, -1), handle.replace("IPV4.1-1", "IPV4.1-9"), `${handle}~`]) {
      expect(await failureOf(masker.unmask(text, bad))).toMatchObject({ code: "HANDLE_INVALID" });
    }
    for (const none of [undefined, 7, {}, { within: "everything" }]) {
      expect(await failureOf(masker.unmask(text, none as never))).toBeInstanceOf(ConfigurationError);
    }
  });

  it("refuses a wrong key instead of making a second set of tokens", async () => {
    const backend = createMemoryBackend();
    await createMasker({ backend, encryption: { keys: [key] } }).mask("10.0.0.1");
    const wrongKey = createMasker({ backend, encryption: { keys: [randomBytes(32)] } });
    expect(await failureOf(wrongKey.mask("10.0.0.1"))).toBeInstanceOf(ConfigurationError);
    expect(await failureOf(wrongKey.mask("10.0.0.2"))).toMatchObject({ field: expect.stringMatching(/^encryption/) });
    const noKey = createMasker({ backend, encryption: "none" });
    expect(await failureOf(noKey.mask("10.0.0.2"))).toBeInstanceOf(ConfigurationError);
  });

  it("fails with a BackendError if a new value can't be numbered, and doesn't repeat the value", async () => {
    const backend = faultyBackend(createMemoryBackend(), () => ({ kind: "fail-before" }));
    const error = await failureOf(createMasker({ backend }).mask("10.0.0.1"));
    expect(error).toBeInstanceOf(BackendError);
    expect(String(error)).not.toContain("10.0.0.1");
  });

  it("reports a damaged record as corrupt and leaves its token in the text", async () => {
    const backend = createMemoryBackend();
    const writer = createMasker({ backend, encryption: { keys: [key] } });
    const masked = await writer.mask("10.0.0.1 10.0.0.2");
    const keys: string[] = [];
    const spoil = defineScript<null, null>({
      name: "spoil",
      keys: ["mappings"],
      args: () => [],
      reply: () => null,
      lua: "",
      memory(store, [mappings]) {
        for (const [field, value] of store.hashEntries(mappings!)) {
          if (field.startsWith("rNET_IPV4")) store.hashSet(mappings!, field, `${value.slice(0, -6)}AAAAAA`);
        }
        return null;
      },
    });
    const spied: KeyValueBackend = {
      ...faultyBackend(backend, () => undefined),
      run: (script, scriptKeys, input, options) => {
        keys.push(...scriptKeys);
        return backend.run(script, scriptKeys, input, options);
      },
    };
    const reader = createMasker({ backend: spied, encryption: { keys: [key] } });
    await reader.mask("10.0.0.3");
    for (const name of new Set(keys.filter((each) => /:[ab]$/.test(each)))) await backend.run(spoil, [name], null);
    expect(await reader.unmask(masked.text, masked)).toMatchObject({
      text: masked.text,
      unresolved: [
        { token: "NET_IPV4_001", reason: "corrupt" },
        { token: "NET_IPV4_002", reason: "corrupt" },
      ],
    });
  });
});
