import { ConfigurationError, createMemoryBackend } from "@keyward/core";
import { faultyBackend } from "@keyward/test-kit";
import { describe, expect, it } from "vitest";
import { dictionary } from "./detection/dictionary.ts";
import { pattern } from "./detection/pattern.ts";
import { pii } from "./detectors/index.ts";
import { lost } from "./fixtures/lost-masker.ts";
import { createMasker, type Masker } from "./masker.ts";

describe("a call with a mistake in it", () => {
  const masker = createMasker();
  const wrong: readonly [string, (masker: Masker) => unknown][] = [
    ["options", () => masker.mask("10.0.0.1", null as never)],
    ["options", () => masker.unmask("10.0.0.1", [], 5 as never)],
    ["scpoe", () => masker.mask("10.0.0.1", { scpoe: "tenant-1" } as never)],
    ["keep", () => masker.unmask("10.0.0.1", [], { keep: [] } as never)],
    ["within", () => masker.erase("scope", { within: "scope" } as never)],
    ["regions", () => pii({ regions: "kr" as never })],
    ["regions", () => pii({ regions: ["constructor" as never] })],
    ["regions", () => pii({ regions: [] })],
    ["options", () => dictionary(null as never)],
    ["options", () => pattern(null as never)],
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

describe("a client's input in place of a handle", () => {
  it.each(['{"within":"scope"}', '[{"within":"scope"}]', "null", "[null]", '"scope"', "{}", "true"])(
    "opens no scope: %s",
    async (sent) => {
      const masker = createMasker();
      const { text } = await masker.mask("10.0.0.1");
      const handle = JSON.parse(sent) as never;
      await expect(masker.unmask(text, handle)).rejects.toThrow();
      await expect(masker.unmaskJson(JSON.stringify(text), handle)).rejects.toThrow();
      const stream = masker.unmaskStream(handle);
      await expect(new Response(stream.readable as never).text()).rejects.toThrow();
    },
  );

  it('is refused together with within: "scope"', async () => {
    const masker = createMasker();
    const masked = await masker.mask("10.0.0.1");
    await expect(masker.unmask(masked.text, masked, { within: "scope" })).rejects.toThrow(ConfigurationError);
    await expect(masker.unmask(masked.text, null, { within: "all" as never })).rejects.toThrow(ConfigurationError);
    expect((await masker.unmask(masked.text, null, { within: "scope" })).text).toBe("10.0.0.1");
  });
});

describe("a property added to Object.prototype", () => {
  async function polluted<Result>(name: string, value: unknown, act: () => Promise<Result>): Promise<Result> {
    Object.defineProperty(Object.prototype, name, { value, configurable: true });
    try {
      return await act();
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
  }

  it("opens no scope", async () => {
    const masker = createMasker();
    const { text } = await masker.mask("10.0.0.1");
    const { handle } = await masker.mask("nothing");
    const restored = await polluted("within", "scope", () => masker.unmask(text, { handle }, {}));
    expect(restored).toMatchObject({ text, unresolved: [{ reason: "not-issued" }] });
    await expect(polluted("within", "scope", () => masker.unmask(text, null, {}))).rejects.toThrow(ConfigurationError);
  });

  it("doesn't count as a handle", async () => {
    const masker = createMasker();
    const { text, handle } = await masker.mask("10.0.0.1");
    await expect(polluted("handle", handle, () => masker.unmask(text, {} as never))).rejects.toThrow(
      ConfigurationError,
    );
  });

  it("keeps no token, names no scope and aborts no call", async () => {
    const masker = createMasker();
    const { handle } = await masker.mask("10.0.0.1");
    expect((await polluted("keep", handle, () => masker.mask("NET_IPV4_001", {}))).text).toBe("TEXT_LITERAL_001");
    expect((await polluted("scope", "other", () => masker.mask("10.0.0.2", {}))).text).toBe("NET_IPV4_002");
    const signal = AbortSignal.abort();
    expect((await polluted("signal", signal, () => masker.mask("10.0.0.3", {}))).text).toBe("NET_IPV4_003");
  });

  it("erases nothing", async () => {
    const masker = createMasker();
    const masked = await masker.mask("10.0.0.1");
    const tokens = ["NET_IPV4_001"];
    await expect(polluted("tokens", tokens, () => masker.erase({} as never))).rejects.toThrow(ConfigurationError);
    expect((await masker.unmask(masked.text, masked)).text).toBe("10.0.0.1");
  });

  it("doesn't count as an option of a masker", async () => {
    const backend = { ...faultyBackend(createMemoryBackend(), () => undefined) };
    const shared = { ...backend, capabilities: { ...backend.capabilities, reach: "shared" as const } };
    const create = async () => createMasker({ backend: shared });
    await expect(polluted("encryption", "none", create)).rejects.toThrow(ConfigurationError);
    const withAllowed = await polluted("allow", ["10.0.0.1"], async () => createMasker({}));
    expect((await withAllowed.mask("10.0.0.1")).text).toBe("NET_IPV4_001");
  });
});

describe("a property added to Object.prototype while maskers are in use", () => {
  const text = "i-1234567890abcdef0 and i-0abc1234 at 10.0.0.1, call 010-9876-5432";

  it.each([
    ["seal", "0000000000000000"],
    ["number", 7],
    ["box", "AAAA"],
    ["failure", 1],
    ["regions", []],
    ["confidence", "low"],
    ["validate", () => false],
    ["ahead", /x^/y],
  ])("changes nothing about masking and restoring: %s", async (name, value) => {
    const masker = createMasker();
    const { masker: without } = lost();
    const expected = { text: (await masker.mask(text)).text, sealed: (await without.mask(text)).text };
    Object.defineProperty(Object.prototype, name, { value, configurable: true });
    try {
      const again = createMasker({ minimumConfidence: "medium" });
      const [masked, sealed] = [await again.mask(text), await without.mask(text)];
      const restored = [await again.unmask(masked.text, masked), await without.unmask(sealed.text, sealed)];
      expect({ text: masked.text, sealed: sealed.text }).toEqual(expected);
      expect(restored.map((one) => one.text)).toEqual([text, text]);
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
  });
});

describe("a detector with the type of the placeholder token", () => {
  it("gives its values tokens of that type", async () => {
    const masker = createMasker({ detectors: ["aws", dictionary({ type: "ANY_TOKEN", terms: ["Contoso"] })] });
    const masked = await masker.mask("Contoso has i-1234567890abcdef0");
    expect(masked.text).toBe("ANY_TOKEN_001 has AWS_EC2_001");
    expect((await masker.unmask(masked.text, masked)).text).toBe("Contoso has i-1234567890abcdef0");
  });
});
