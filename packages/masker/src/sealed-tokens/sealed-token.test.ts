import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MaskerError } from "../errors.ts";
import { failureOf, key } from "../fixtures/counted-masker.ts";
import { lost } from "../fixtures/lost-masker.ts";

const ec2 = "i-1234567890abcdef0";
const password = `${"correct-horse-battery-staple-".repeat(3)}Zx9`;

describe("a sealed token", () => {
  it("stays as it is and is reported if a model changed it", async () => {
    const { masker } = lost();
    const masked = await masker.mask(ec2);
    const swap = (at: number) =>
      masked.text.slice(0, at) + (masked.text[at] === "7" ? "8" : "7") + masked.text.slice(at + 1);
    const [other, spoilt] = [swap(10), swap(40)];
    expect(await masker.unmask(`${other} ${spoilt}`, masked)).toEqual({
      text: `${other} ${spoilt}`,
      unresolved: [
        { token: other, reason: "not-issued", start: 0 },
        { token: spoilt, reason: "corrupt", start: other.length + 1 },
      ],
    });
    expect((await masker.unmask(masked.text.slice(0, -8), masked)).unresolved).toMatchObject([{ reason: "corrupt" }]);
    expect(await masker.unmask(masked.text.slice(0, -1), masked)).toEqual({
      text: masked.text.slice(0, -1),
      unresolved: [],
    });
  });

  it("is restored in every spelling that needs no guessing", async () => {
    const { masker } = lost();
    const masked = await masker.mask(ec2);
    const escaped = masked.text.replaceAll("_", "\\_");
    const hyphens = masked.text.replaceAll("_", "-");
    const spaces = `"${masked.text.replaceAll("_", " ")}"`;
    const answer = [masked.text.toLowerCase(), escaped, hyphens, spaces, `**${masked.text}**`, `${masked.text}은`];
    expect((await masker.unmask(answer.join(" | "), masked)).text).toBe(
      `${ec2} | ${ec2} | ${ec2} | "${ec2}" | **${ec2}** | ${ec2}은`,
    );
  });

  it("is restored in its own scope only, and there without a handle if the whole scope may be restored", async () => {
    const { masker } = lost();
    const { text, handle } = await masker.mask(ec2, { scope: "tenant-1" });
    expect((await masker.unmask(text, null, { within: "scope", scope: "tenant-1" })).text).toBe(ec2);
    expect((await masker.unmask(text, null, { within: "scope", scope: "tenant-2" })).unresolved).toMatchObject([
      { reason: "corrupt" },
    ]);
    expect(await failureOf(masker.unmask(text, handle, { scope: "tenant-2" }))).toBeInstanceOf(MaskerError);
  });

  it("opens under every key in the list, and under no other", async () => {
    const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
    const withKeys = (...keys: Buffer[]) => lost({ encryption: { keys, indexKeys: [key] } }).masker;
    const text = `${ec2} password=${password}`;
    const masked = await withKeys(oldKey).mask(text);
    expect((await withKeys(newKey, oldKey).unmask(masked.text, masked)).text).toBe(text);
    expect((await withKeys(newKey, oldKey).mask(text)).text).not.toBe(masked.text);
    expect((await withKeys(newKey).unmask(masked.text, masked)).unresolved).toMatchObject([
      { reason: "corrupt" },
      { reason: "corrupt" },
    ]);
  });

  it("stays in a text that was stored masked, and is named by the new handle", async () => {
    const { masker } = lost();
    const first = await masker.mask(`${ec2} password=${password}`);
    const again = await masker.mask(`${first.text}, then 10.0.0.3`, { keep: first });
    expect(again.text.startsWith(`${first.text}, then NET_IPV4_X`)).toBe(true);
    expect((await masker.unmask(again.text, again)).text).toBe(`${ec2} password=${password}, then 10.0.0.3`);
    const foreign = await masker.mask(first.text, { keep: await masker.mask("10.0.0.3") });
    expect((await masker.unmask(foreign.text, foreign)).text).toBe(first.text);
  });

  it("also stands for numbers and escaped values in JSON", async () => {
    const { masker } = lost();
    const source = String.raw`{"account": 123456789012, "inner": "{\"password\":\"\\uae40-hunter2-Zx9\"}", "phone": 1012345678}`;
    const masked = await masker.maskJson(source);
    expect(masked.findings.map(({ type }) => type)).toContain("JSON_NUMBER");
    expect(masked.findings.map(({ type }) => type)).toContain("JSON_ESCAPED");
    expect(await masker.unmaskJson(masked.text, masked)).toEqual({ text: source, unresolved: [] });
    const [number] = masked.findings.filter(({ type }) => type === "JSON_NUMBER");
    expect((await masker.unmask(`it is ${number!.token}`, masked)).text).toBe("it is 123456789012");
  });

  it("can't be erased: erasing its token is refused, and erasing its original only removes the mapping", async () => {
    const { masker, breakBy } = lost();
    const masked = await masker.mask("10.0.0.1");
    breakBy(undefined);
    expect(await failureOf(masker.erase({ tokens: [masked.text] }))).toMatchObject({ field: "tokens[0]" });
    const original = { type: "NET_IPV4", value: "10.0.0.1" };
    expect(await masker.erase({ originals: [original] })).toBe(0);
    await masker.mask("10.0.0.1");
    expect(await masker.erase({ originals: [original] })).toBe(1);
    expect((await masker.unmask(masked.text, masked)).text).toBe("10.0.0.1");
  });

  it("isn't affected by a reindex", async () => {
    const { masker, breakBy } = lost();
    const masked = await masker.mask("10.0.0.1");
    breakBy(undefined);
    await masker.mask("10.0.0.2");
    expect(await masker.reindex()).toEqual({ mappings: 1, unreadable: 0, complete: true });
    expect((await masker.unmask(masked.text, masked)).text).toBe("10.0.0.1");
  });
});
