import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeHandle, encodeHandle } from "./handle.ts";
import { NamedTokens } from "./named-tokens.ts";
import type { NamedSeal } from "./sealed-set.ts";

const authenticate = (bytes: Uint8Array) => createHmac("sha256", "key").update(bytes).digest();

const letters = (length: number) =>
  fc
    .array(fc.constantFrom(..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"), { minLength: length, maxLength: length })
    .map((list) => list.join(""));
const type = fc.constantFrom("AWS_EC2", "NET_IPV4", "PII_EMAIL");
const short = fc.record({ type, seal: fc.nat(3).chain((groups) => letters(24 + 8 * groups)) });
const long = fc.record({
  type,
  seal: letters(16),
  box: fc.base64String({ minLength: 128 }).map((text) => text.replace(/\W/g, "-").replace(/-+$/, "A")),
});
const numbered = fc.record({ type, number: fc.integer({ min: 1, max: 100 }) });

describe("a handle of sealed tokens", () => {
  it("names them along with numbered ones, carries the boxes of long originals, and can be read back", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(short, long, numbered), { maxLength: 20 }), async (named) => {
        const handle = await encodeHandle({ scope: "s", born: 9, tokens: NamedTokens.of(named) }, authenticate);
        expect(handle).toMatch(/^[A-Za-z0-9._~-]+$/);
        const { tokens } = await decodeHandle(handle, authenticate);
        for (const token of named) expect(tokens.has(token)).toBe(true);
        const boxes = new Map(named.flatMap((one) => ("box" in one ? [[`${one.type} ${one.seal}`, one]] : [])));
        for (const one of boxes.values()) expect(tokens.entryOf({ type: one.type, seal: one.seal })).toEqual(one);
        expect(await encodeHandle({ scope: "s", born: 9, tokens }, authenticate)).toBe(handle);
      }),
    );
  });

  it("takes eight letters for a token that holds its original", async () => {
    const seals: NamedSeal[] = [
      { type: "AWS_EC2", seal: "7K2Q0V8ZB3N5M1RTAAAAAAAA" },
      { type: "AWS_EC2", seal: "00000000B3N5M1RTAAAAAAAA" },
      { type: "PII_EMAIL", seal: "7K2Q0V8ZB3N5M1RT", box: "Zm9v" },
    ];
    const tokens = NamedTokens.of([{ type: "AWS_EC2", number: 1 }, ...seals]);
    expect(await encodeHandle({ scope: "s", born: 9, tokens })).toBe(
      "kw1~s~9~AWS_EC2.1~sAWS_EC2.000000007K2Q0V8Z~bPII_EMAIL.7K2Q0V8ZB3N5M1RTZm9v~",
    );
    expect(tokens.has({ type: "AWS_EC2", seal: "7K2Q0V8YB3N5M1RTAAAAAAAA" })).toBe(false);
    expect(tokens.has({ type: "NET_IPV4", seal: "7K2Q0V8ZB3N5M1RTAAAAAAAA" })).toBe(false);
  });

  it("doesn't name a token whose box is missing", () => {
    const token = { type: "AWS_EC2", seal: "7K2Q0V8ZB3N5M1RT" };
    expect(NamedTokens.of([token]).has(token)).toBe(false);
  });

  it("can be joined with others", () => {
    const one = { type: "AWS_EC2", seal: "7K2Q0V8ZB3N5M1RTAAAAAAAA" };
    const other = { type: "AWS_EC2", seal: "7K2Q0V8ZB3N5M1RT", box: "Zm9v" };
    const union = NamedTokens.union([NamedTokens.of([one]), NamedTokens.of([other]), NamedTokens.of([])]);
    expect([union.has(one), union.has(other), union.entryOf(other)]).toEqual([true, true, other]);
  });

  it.each([
    "kw1~s~9~sAWS_EC2~",
    "kw1~s~9~sAWS_EC2.~",
    "kw1~s~9~sAWS_EC2.7K2Q0V8~",
    "kw1~s~9~sAWS_EC2.7k2q0v8z~",
    "kw1~s~9~sAWS_EC2.7K2Q0V8Z.7K2Q0V8Z~",
    "kw1~s~9~sEMAIL.7K2Q0V8Z~",
    "kw1~s~9~s~",
    "kw1~s~9~bAWS_EC2~",
    "kw1~s~9~bAWS_EC2.7K2Q0V8ZB3N5M1RT~",
    "kw1~s~9~bAWS_EC2.7K2Q0V8ZZm9v~",
    "kw1~s~9~bAWS_EC2.7K2Q0V8ZB3N5M1RTZm9v.~",
    "kw1~s~9~sAWS_EC2.7K2Q0V8Z~AWS_EC2.1~",
    "kw1~s~9~xAWS_EC2.7K2Q0V8Z~",
  ])("is refused if it is malformed: %s", async (handle) => {
    await expect(decodeHandle(handle)).rejects.toMatchObject({ code: "HANDLE_INVALID" });
  });

  it("is refused if it would have to carry too much", async () => {
    const boxes = Array.from({ length: 13 }, (_, index) => ({
      type: "PII_EMAIL",
      seal: String(index).padStart(16, "0"),
      box: "A".repeat(90_000),
    }));
    await expect(encodeHandle({ scope: "s", born: 9, tokens: NamedTokens.of(boxes) })).rejects.toMatchObject({
      code: "HANDLE_INVALID",
    });
  });
});
