import { ConfigurationError } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { dictionary } from "./detection/dictionary.ts";
import { createMasker, type Masker } from "./masker.ts";

describe("a call that can't be meant so", () => {
  const masker = createMasker();
  const wrong: readonly [string, (masker: Masker) => unknown][] = [
    ["options", () => masker.mask("10.0.0.1", null as never)],
    ["options", () => masker.unmask("10.0.0.1", [], 5 as never)],
    ["signal", () => masker.mask("10.0.0.1", { signal: {} as never })],
    ["keep", () => masker.mask("NET_IPV4_001", { keep: { within: "scope" } as never })],
    ["keep", () => masker.maskJson('"NET_IPV4_001"', { keep: [{ within: "scope" } as never] })],
    ["keep", () => masker.mask("NET_IPV4_001", { keep: null as never })],
    ["originals", () => masker.erase({ originals: "10.0.0.1" as never })],
    ["originals[0]", () => masker.erase({ originals: [null as never] })],
    ["originals[0]", () => masker.erase({ originals: [{ type: "NET_IPV4" } as never] })],
    [
      "originals[1]",
      () =>
        masker.erase({
          originals: [
            { type: "A_B", value: "x" },
            { type: "A_B", value: 5 as never },
          ],
        }),
    ],
    ["tokens", () => masker.erase({ tokens: "NET_IPV4_001" as never })],
    ["tokens", () => masker.erase({ tokens: null as never })],
    ["after", () => masker.reindex({ after: null as never })],
    ["onProgress", () => masker.reindex({ onProgress: 5 as never })],
    ["format", () => createMasker({ format: null as never })],
  ];

  it.each(wrong)("is a ConfigurationError that names %s", async (field, call) => {
    const error: unknown = await Promise.resolve()
      .then(() => call(masker))
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ field });
  });
});

describe("what is added to every object's prototype", () => {
  it("opens no scope", async () => {
    const masker = createMasker();
    const { text } = await masker.mask("10.0.0.1");
    const { handle } = await masker.mask("nothing");
    Object.defineProperty(Object.prototype, "within", { value: "scope", configurable: true });
    try {
      expect(await masker.unmask(text, { handle })).toMatchObject({ text, unresolved: [{ reason: "not-issued" }] });
    } finally {
      Reflect.deleteProperty(Object.prototype, "within");
    }
  });
});

describe("a detector whose type is the one that stands for any", () => {
  it("gives its values tokens of that type", async () => {
    const masker = createMasker({ detectors: ["aws", dictionary({ type: "ANY_TOKEN", terms: ["Contoso"] })] });
    const masked = await masker.mask("Contoso has i-1234567890abcdef0");
    expect(masked.text).toBe("ANY_TOKEN_001 has AWS_EC2_001");
    expect((await masker.unmask(masked.text, masked)).text).toBe("Contoso has i-1234567890abcdef0");
  });
});
