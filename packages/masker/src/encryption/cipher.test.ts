import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ScopeCipher } from "./cipher.ts";
import { anyOriginal, anyString, node, scopeKeys } from "./fixtures/scope-keys.ts";
import { createNodeCipher } from "./node/node-cipher.ts";
import { createPlainCipher } from "./plain-cipher.ts";
import { createWebCipher } from "./web/web-cipher.ts";

const keys = await scopeKeys("tenant-1", 0);
const ciphers: readonly [string, ScopeCipher][] = [
  ["Node's crypto", createNodeCipher(node, keys)],
  ["WebCrypto", await createWebCipher(keys)],
  ["no encryption", createPlainCipher()],
];

describe.each(ciphers)("a scope's cipher over %s", (_name, cipher) => {
  it("opens what it sealed, whatever the code units", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOriginal, { maxLength: 5 }), async (originals) => {
        const sealed = await cipher.seal(originals);
        const opened = await cipher.open(sealed.map(({ type, value }) => ({ type, text: value })));
        expect(opened).toEqual(originals.map(({ value }) => ({ status: "opened", value })));
      }),
    );
  });

  it("opens the longest values", async () => {
    for (const value of ["x".repeat(32_768), "한".repeat(32_768)]) {
      const [sealed] = await cipher.seal([{ type: "A_B", value }]);
      expect(await cipher.open([{ type: "A_B", text: sealed!.value }])).toEqual([{ status: "opened", value }]);
    }
  });

  it("seals the same original to the same text, with the ids that find it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOriginal, { maxLength: 5 }), async (originals) => {
        const sealed = await cipher.seal(originals);
        expect(sealed.map(({ ids }) => ids)).toEqual(await cipher.index(originals));
        const oneByOne = await Promise.all(originals.map(async (original) => (await cipher.seal([original]))[0]));
        expect(oneByOne).toEqual(sealed);
      }),
    );
  });

  it("gives two originals two ids, even if their UTF-8 would be the same", async () => {
    const values = ["\ud800", "\ud801", "\ufffd", "é", "e\u0301", "", "\u0000", "1", "A_B\u00001", "A", "B"];
    const originals = values.flatMap((value) => ["A_B", "A_C", "AA_B"].map((type) => ({ type, value })));
    const ids = (await cipher.index(originals)).map(([id]) => id);
    expect(new Set(ids).size).toBe(originals.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{22,43}$/);
  });

  it("hides the length of short originals", async () => {
    const sealed = await cipher.seal(["10.0.0.1", "192.168.100.200"].map((value) => ({ type: "A_B", value })));
    expect(new Set(sealed.map(({ value }) => value.length)).size).toBe(1);
  });

  it("reports a cut or foreign text as corrupt or of an unknown key, and never throws", async () => {
    const [{ value: sealed } = { value: "" }] = await cipher.seal([
      { type: "A_B", value: "an original of some length" },
    ]);
    const texts = ["", "0", "1", "2", "x", "{}", "2abcdefgh", sealed.slice(0, 12), `${sealed.slice(0, 20)}%`];
    const opened = await cipher.open([...texts.map((text) => ({ type: "A_B", text })), { type: "A_B", text: sealed }]);
    for (const { status } of opened.slice(0, -1)) expect(["corrupt", "unknown-key"]).toContain(status);
    expect(opened.at(-1)).toMatchObject({ status: "opened" });
    await fc.assert(
      fc.asyncProperty(anyString, async (text) => {
        expect((await cipher.open([{ type: "A_B", text }]))[0]!.status).not.toBe("opened");
      }),
    );
  });
});

describe("the authenticators", () => {
  it("are HMAC-SHA-256 under the key for handles", async () => {
    const bytes = new TextEncoder().encode("a handle");
    const expected = Uint8Array.from(createHmac("sha256", keys.indexKeys[0]!.handle).update(bytes).digest());
    for (const [, cipher] of ciphers.slice(0, 2)) {
      expect(Uint8Array.from(await cipher.authenticators[0]!(bytes))).toEqual(expected);
    }
  });
});
