import { ConfigurationError, createMemoryBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { failureOf } from "../fixtures/counted-masker.ts";
import { createMasker, type Masker } from "../masker.ts";

describe("erasing", () => {
  const erasures: [string, (masker: Masker) => Promise<unknown>][] = [
    ["an original", (masker) => masker.erase({ originals: [{ type: "NET_IPV4", value: "10.0.0.1" }] })],
    ["a token", (masker) => masker.erase({ tokens: ["NET_IPV4_001"] })],
    ["a scope", (masker) => masker.erase("scope")],
  ];

  it.each(erasures)("forgets %s for good and never uses its number again", async (_what, erase) => {
    const backend = createMemoryBackend();
    const masker = createMasker({ backend });
    const other = createMasker({ backend });
    const masked = await masker.mask("10.0.0.1");
    await other.mask("10.0.0.1");
    await erase(masker);
    expect(await masker.unmask(masked.text, masked)).toMatchObject({
      text: "NET_IPV4_001",
      unresolved: [{ reason: "not-issued" }],
    });
    expect((await masker.mask("10.0.0.1")).text).toBe("NET_IPV4_002");
  });

  it("reaches the caches of other instances by push", async () => {
    const backend = createMemoryBackend();
    const [masker, other] = [createMasker({ backend }), createMasker({ backend })];
    const masked = await masker.mask("10.0.0.1");
    await other.mask("10.0.0.1");
    await masker.erase({ tokens: ["NET_IPV4_001"] });
    // Messages come in order: when that of a later erasure in another scope is here, so is this one.
    await new Promise((resolve) => setImmediate(resolve));
    expect((await other.unmask(masked.text, masked)).unresolved).toMatchObject([{ reason: "not-issued" }]);
  });

  it("erases an original that was a number in JSON", async () => {
    const masker = createMasker();
    const masked = await masker.maskJson('{"account":123456789012,"owner":"account 123456789012"}');
    expect(masked.findings.map(({ type }) => type)).toEqual(["JSON_NUMBER", "AWS_ACCOUNT"]);
    const originals = [{ type: "AWS_ACCOUNT", value: "123456789012" }];
    expect(await masker.erase({ originals })).toBe(2);
    expect(await masker.unmaskJson(masked.text, masked)).toMatchObject({
      text: masked.text,
      unresolved: [{ reason: "not-issued" }, { reason: "not-issued" }],
    });
    expect(await masker.erase({ originals })).toBe(0);
  });

  it.each([
    ["Python", "김철수1!</é", String.raw`\uae40\ucca0\uc2181!</\u00e9`],
    ["PHP", "김철수1!</é", String.raw`\uae40\ucca0\uc2181!<\/\u00e9`],
    ["PHP with its flag", "김철수1!/", String.raw`김철수1!\/`],
    ["Go", "x1<&>y", String.raw`x1\u003c\u0026\u003ey`],
    ["Gson", "x1='&", String.raw`x1\u003d\u0027\u0026`],
    [".NET", 'k1+"é', String.raw`k1\u002B\u0022\u00E9`],
  ])("erases an original that was in a string of JSON as %s escapes it", async (_writer, value, written) => {
    const masker = createMasker();
    const source = JSON.stringify({ body: `{"password":"${written}"}` });
    expect(JSON.parse(JSON.parse(source).body)).toEqual({ password: value });
    const masked = await masker.maskJson(source);
    expect(masked.findings).toMatchObject([{ type: "JSON_ESCAPED" }]);
    expect(await masker.erase({ originals: [{ type: "SECRET_PASSWORD", value }] })).toBe(1);
    expect((await masker.unmaskJson(masked.text, masked)).unresolved).toMatchObject([{ reason: "not-issued" }]);
  });

  it("refuses text that isn't a token, and malformed input", async () => {
    const masker = createMasker();
    for (const what of [{ tokens: ["nonsense"] }, { tokens: ["NET_IPV4_001 "] }, {}, null, "everything"]) {
      expect(await failureOf(masker.erase(what as never))).toBeInstanceOf(ConfigurationError);
    }
  });
});
