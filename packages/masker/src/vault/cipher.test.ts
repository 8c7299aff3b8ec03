import { createHmac, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ScopeCipher } from "./cipher.ts";
import { createNodeCipher, findNodeCrypto } from "./node-cipher.ts";
import { createPlainCipher } from "./plain-cipher.ts";
import { deriveScopeKeys, type ScopeKeys } from "./scope-keys.ts";
import { createWebCipher } from "./web-cipher.ts";

const masters = [randomBytes(32), randomBytes(32)].map((bytes) => Uint8Array.from(bytes));
const node = findNodeCrypto()!;
const keysOf = (scope: string, ...indexes: number[]): Promise<ScopeKeys> => {
  const chosen = indexes.map((index) => masters[index]!);
  return deriveScopeKeys(scope, chosen, chosen);
};
const keys = await keysOf("tenant-1", 0);
const ciphers: readonly [string, ScopeCipher][] = [
  ["Node's crypto", createNodeCipher(node, keys)],
  ["WebCrypto", await createWebCipher(keys)],
  ["no encryption", createPlainCipher()],
];
const anyString = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

describe.each(ciphers)("a scope's cipher over %s", (_name, cipher) => {
  it("opens what it sealed, whatever the code units", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyString, { maxLength: 5 }), async (values) => {
        const sealed = await cipher.seal(values.map((value) => ({ type: "A_B", value })));
        const opened = await cipher.open(sealed.map((text) => ({ type: "A_B", text })));
        expect(opened).toEqual(values.map((value) => ({ status: "opened", value })));
      }),
    );
  });

  it("gives two originals two ids, also where their UTF-8 would be the same", async () => {
    const values = ["\ud800", "\ud801", "\ufffd", "é", "e\u0301", "", "\u0000", "1", "A_B\u00001"];
    const originals = values.flatMap((value) => ["A_B", "A_C"].map((type) => ({ type, value })));
    const ids = (await cipher.index(originals)).map(([id]) => id);
    expect(new Set(ids).size).toBe(originals.length);
    expect((await cipher.index(originals)).map(([id]) => id)).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it("calls a cut or foreign text corrupt or of an unknown key, and never throws", async () => {
    const [sealed] = await cipher.seal([{ type: "A_B", value: "an original of some length" }]);
    for (const text of ["", "0", "1", "x", "{}", "1abcdefgh", sealed!.slice(0, 12), `${sealed!.slice(0, 20)}%`]) {
      const [opened] = await cipher.open([{ type: "A_B", text }]);
      expect(["corrupt", "unknown-key"]).toContain(opened!.status);
    }
  });
});

describe("the encrypting ciphers", () => {
  const [, nodeCipher] = ciphers[0]!;
  const [, webCipher] = ciphers[1]!;

  it("give the same ids and open what the other one sealed", async () => {
    await fc.assert(
      fc.asyncProperty(anyString, async (value) => {
        const original = { type: "A_B", value };
        expect(await webCipher.index([original])).toEqual(await nodeCipher.index([original]));
        for (const [one, other] of [
          [nodeCipher, webCipher],
          [webCipher, nodeCipher],
        ] as const) {
          const [text] = await one.seal([original]);
          expect(await other.open([{ type: "A_B", text: text! }])).toEqual([{ status: "opened", value }]);
        }
      }),
      { numRuns: 50 },
    );
    const bytes = new TextEncoder().encode("a handle");
    expect(await webCipher.authenticators[0]!(bytes)).toEqual(
      Uint8Array.from(await nodeCipher.authenticators[0]!(bytes)),
    );
  });

  it("derive ids by HMAC-SHA-256 under the scope's index key", async () => {
    const expected = createHmac("sha256", keys.indexKeys[0]!.bytes).update("A_B\u00001value").digest("base64url");
    expect(await nodeCipher.index([{ type: "A_B", value: "value" }])).toEqual([[expected]]);
  });

  it("refuse an original that was moved to another type or scope, and a changed byte anywhere", async () => {
    const elsewhere = createNodeCipher(node, { ...(await keysOf("tenant-2", 0)), sealingKeys: keys.sealingKeys });
    const [text] = await nodeCipher.seal([{ type: "A_B", value: "value" }]);
    expect(await nodeCipher.open([{ type: "A_C", text: text! }])).toEqual([{ status: "corrupt" }]);
    expect(await elsewhere.open([{ type: "A_B", text: text! }])).toEqual([{ status: "corrupt" }]);
    for (let index = 9; index < text!.length; index++) {
      const changed = text!.slice(0, index) + (text![index] === "A" ? "B" : "A") + text!.slice(index + 1);
      for (const cipher of [nodeCipher, webCipher]) {
        expect(await cipher.open([{ type: "A_B", text: changed }])).toEqual([{ status: "corrupt" }]);
      }
    }
  });

  it("seal under the first key and open under every key of the list", async () => {
    const rotated = createNodeCipher(node, await keysOf("tenant-1", 1, 0));
    const [old] = await nodeCipher.seal([{ type: "A_B", value: "value" }]);
    expect(await rotated.open([{ type: "A_B", text: old! }])).toEqual([{ status: "opened", value: "value" }]);
    const [fresh] = await rotated.seal([{ type: "A_B", value: "value" }]);
    expect(await nodeCipher.open([{ type: "A_B", text: fresh! }])).toEqual([{ status: "unknown-key" }]);
    expect(rotated.indexNames).toHaveLength(2);
    expect(rotated.indexNames[1]).toBe(nodeCipher.indexNames[0]);
  });

  it("hide the length of short originals and repeat no ciphertext", async () => {
    const [one, other, same] = await nodeCipher.seal(
      ["10.0.0.1", "192.168.100.200", "10.0.0.1"].map((value) => ({ type: "A_B", value })),
    );
    expect(one!.length).toBe(other!.length);
    expect(one).not.toBe(same);
  });
});
