import { createHmac } from "node:crypto";
import type { KeywardError } from "@keyward/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MaskerError } from "../errors.ts";
import { type Authenticate, decodeHandle, encodeHandle, maxHandleLength } from "./handle.ts";
import { NamedTokens } from "./named-tokens.ts";
import { SealedSet } from "./sealed-set.ts";
import { TokenSet } from "./token-set.ts";

const authenticateWith =
  (key: string): Authenticate =>
  (bytes) =>
    createHmac("sha256", key).update(bytes).digest();

const token = fc.record({
  type: fc.constantFrom("AWS_EC2", "NET_IPV4", "PII_EMAIL"),
  number: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
});
const tokens = NamedTokens.of([
  { type: "AWS_EC2", number: 1 },
  { type: "AWS_EC2", number: 2 },
  { type: "AWS_EC2", number: 7 },
  { type: "PII_EMAIL", number: 1_000_000 },
]);

async function refusal(handle: string, authenticate?: Authenticate): Promise<KeywardError> {
  const error: unknown = await decodeHandle(handle, authenticate).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MaskerError);
  expect(error).toMatchObject({ code: "HANDLE_INVALID" });
  return error as KeywardError;
}

describe("encodeHandle", () => {
  it("writes ranges as distances, in characters that are safe in a cookie", async () => {
    expect(await encodeHandle({ scope: "s-1", born: 1_700_000_000_000, tokens })).toBe(
      "kw1~s-1~loyw3v28~AWS_EC2.1-1.5~PII_EMAIL.lfls~",
    );
  });

  it("can be read back with and without a key, whatever it names", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(token), fc.option(fc.string(), { nil: undefined }), async (named, key) => {
        const authenticate = key === undefined ? undefined : authenticateWith(key);
        const handle = await encodeHandle({ scope: "s", born: 9, tokens: NamedTokens.of(named) }, authenticate);
        expect(handle).toMatch(/^[A-Za-z0-9._~-]+$/);
        const decoded = await decodeHandle(handle, authenticate);
        for (const one of named) expect(decoded.tokens.has(one)).toBe(true);
        expect(await encodeHandle(decoded, authenticate)).toBe(handle);
      }),
    );
  });

  it("is short for a million numbers in a row", async () => {
    const numbers = TokenSet.ofRanges(new Map([["AWS_EC2", [{ first: 1, last: 1_000_000 }]]]));
    const many = new NamedTokens(numbers, SealedSet.of([]));
    expect(await encodeHandle({ scope: "s", born: 9, tokens: many })).toBe("kw1~s~9~AWS_EC2.1-lflr~");
  });

  it("refuses to write more than it would accept", async () => {
    const scattered = Array.from({ length: 600_000 }, (_, index) => ({ type: "AWS_EC2", number: index * 2 + 1 }));
    await expect(encodeHandle({ scope: "s", born: 9, tokens: NamedTokens.of(scattered) })).rejects.toMatchObject({
      code: "HANDLE_INVALID",
    });
  });

  it("refuses a scope that isn't a digest", async () => {
    await expect(encodeHandle({ scope: "tenant~1", born: 9, tokens })).rejects.toThrow(RangeError);
  });
});

describe("decodeHandle", () => {
  const authenticate = authenticateWith("key");

  it("refuses any single change to a handle that was made with a key", async () => {
    const handle = await encodeHandle({ scope: "s", born: 9, tokens }, authenticate);
    for (let index = 0; index < handle.length; index++) {
      for (const letter of "A1~.-") {
        const changed = handle.slice(0, index) + letter + handle.slice(index + 1);
        if (changed !== handle) await refusal(changed, authenticate);
      }
      await refusal(handle.slice(0, index), authenticate);
      await refusal(handle.slice(0, index) + handle.slice(index + 1), authenticate);
    }
    await refusal(`${handle}A`, authenticate);
  });

  it("refuses a handle of another key, one without a code, and one with a code if there is no key", async () => {
    const handle = await encodeHandle({ scope: "s", born: 9, tokens }, authenticate);
    await refusal(handle, authenticateWith("other"));
    await refusal(await encodeHandle({ scope: "s", born: 9, tokens }), authenticate);
    await refusal(handle);
  });

  it.each([
    "",
    "kw1",
    "kw1~",
    "kw1~~",
    "kw2~s~9~AWS_EC2.1~",
    "kw1~s~9~AWS_EC2~",
    "kw1~s~9~AWS_EC2.~",
    "kw1~s~9~AWS_EC2.0~",
    "kw1~s~9~AWS_EC2.01~",
    "kw1~s~9~AWS_EC2.-1~",
    "kw1~s~9~AWS_EC2.1-0~",
    "kw1~s~9~AWS_EC2.1-~",
    "kw1~s~9~AWS_EC2.zzzzzzzzzzz~",
    "kw1~s~9~AWS_EC2.2gosa7pa2gw~",
    "kw1~s~9~AWS_EC2.1~AWS_EC2.2~",
    "kw1~s~9~EMAIL.1~",
    "kw1~s~9~__proto__.1~",
    "kw1~s~AWS_EC2.1~",
    "kw1~s~~AWS_EC2.1~",
    "kw1~s~09~AWS_EC2.1~",
    "kw1~s~-1~AWS_EC2.1~",
    "kw1~s~zzzzzzzzzzz~AWS_EC2.1~",
    "kw1~s e~9~AWS_EC2.1~",
  ])("refuses %j", async (handle) => {
    await refusal(handle);
  });

  it("accepts a range of all numbers without expanding it", async () => {
    const { tokens: all } = await decodeHandle("kw1~s~9~AWS_EC2.1-2gosa7pa2gu~");
    expect(all.has({ type: "AWS_EC2", number: Number.MAX_SAFE_INTEGER })).toBe(true);
    expect(all.numbered.rangesOf("AWS_EC2")).toHaveLength(1);
  });

  it("refuses a handle that is too long without reading it", async () => {
    let asked = false;
    const error = await refusal("~".repeat(maxHandleLength + 1), (bytes) => {
      asked = true;
      return bytes;
    });
    expect(error.message).toMatch(/too long/);
    expect(asked).toBe(false);
  });

  it("repeats nothing of the handle in its errors", async () => {
    const error = await refusal("kw1~s~9~SECRETSECRET.1~");
    expect(error.message).not.toContain("SECRETSECRET");
  });
});
