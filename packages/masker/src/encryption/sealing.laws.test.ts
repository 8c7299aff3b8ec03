import { createCipheriv, createHash, createHmac, hkdfSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Opened, ScopeCipher } from "./cipher.ts";
import { anyOriginal, masters, node, scopeKeys } from "./fixtures/scope-keys.ts";
import { createMessage } from "./message.ts";
import { createNodeCipher } from "./node/node-cipher.ts";
import { deriveScopeKeys } from "./scope-keys.ts";
import { readSealed, writeSealed } from "./sealed-text.ts";
import { createWebCipher } from "./web/web-cipher.ts";

const keys = await scopeKeys("tenant-1", 0);
const nodeCipher = createNodeCipher(node, keys);
const webCipher = await createWebCipher(keys);
const ciphers = [nodeCipher, webCipher];

async function sealOne(cipher: ScopeCipher, original: { type: string; value: string }): Promise<string> {
  const [sealed] = await cipher.seal([original]);
  return sealed!.value;
}

async function openOne(cipher: ScopeCipher, type: string, text: string): Promise<Opened> {
  const [opened] = await cipher.open([{ type, text }]);
  return opened!;
}

/** Changes one bit of the text's box. */
function flipBit(text: string, place: number): string {
  const { keyName, box } = readSealed(text)!;
  const bytes = Buffer.from(box, "base64url");
  const bit = place % (bytes.length * 8);
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  return writeSealed({ keyName, box: bytes.toString("base64url") });
}

describe("sealing", () => {
  it("gives the same ids and texts over Node's crypto and over WebCrypto, with one or many keys", async () => {
    const shared = await scopeKeys("tenant-1", 1, 0);
    const apart = await deriveScopeKeys("tenant-1", [masters[0]!], [masters[1]!]);
    for (const chosen of [keys, shared, apart]) {
      const [one, other] = [createNodeCipher(node, chosen), await createWebCipher(chosen)];
      await fc.assert(
        fc.asyncProperty(fc.array(anyOriginal, { maxLength: 4 }), async (originals) => {
          const sealed = await one.seal(originals);
          expect(await other.seal(originals)).toEqual(sealed);
          const texts = sealed.map(({ type, value }) => ({ type, text: value }));
          expect(await other.open(texts)).toEqual(await one.open(texts));
        }),
        { numRuns: 50 },
      );
    }
  });

  it("is HMAC-SHA-256 for the id and the synthetic IV and AES-256-CTR from there, under keys from HKDF", async () => {
    const salt = "keyward/masker/v1";
    const scope = Buffer.concat([Buffer.from(salt), Buffer.from("tenant-1", "utf16le")]);
    const tag = createHash("sha256").update(scope).digest().subarray(0, 16).toString("base64url");
    const derive = (purpose: string, length: number): Buffer =>
      Buffer.from(hkdfSync("sha256", masters[0]!, salt, `${purpose}/${tag}`, length));
    const padded = Buffer.alloc(32);
    padded.write("\u0001\u0000\u0000\u0000\u00080.0.0.10", "latin1");
    const hmac = createHmac("sha256", derive("prf", 32)).update(padded).update("A_B").digest();
    const iv = hmac.subarray(16);
    const ciphertext = createCipheriv("aes-256-ctr", derive("encryption", 32), iv).update(padded);
    const box = Buffer.concat([iv, ciphertext]).toString("base64url");
    for (const cipher of ciphers) {
      expect(await cipher.seal([{ type: "A_B", value: "0.0.0.10" }])).toEqual([
        {
          type: "A_B",
          ids: [hmac.subarray(0, 16).toString("base64url")],
          value: `2${derive("name", 6).toString("base64url")}${box}`,
        },
      ]);
    }
  });

  it("refuses a text with any of its bits changed", async () => {
    const original = { type: "A_B", value: "an original of more than one step of the padding" };
    const text = await sealOne(nodeCipher, original);
    const bits = Buffer.from(readSealed(text)!.box, "base64url").length * 8;
    const changed = Array.from({ length: bits }, (_, place) => ({ type: "A_B", text: flipBit(text, place) }));
    for (const cipher of ciphers) {
      for (const opened of await cipher.open(changed)) expect(opened).toEqual({ status: "corrupt" });
    }
    await fc.assert(
      fc.asyncProperty(anyOriginal, fc.nat(), async (any, place) => {
        const spoilt = flipBit(await sealOne(nodeCipher, any), place);
        for (const cipher of ciphers) expect(await openOne(cipher, any.type, spoilt)).toEqual({ status: "corrupt" });
      }),
    );
  });

  it("refuses any other way to write the same bytes, and a text that is longer or shorter", async () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= 가";
    // Boxes of 48 and 80 bytes. The last letter of the second one has unused bits.
    for (const value of ["", "x".repeat(40)]) {
      const text = await sealOne(nodeCipher, { type: "A_B", value });
      const changed = [text.slice(0, -1), text.slice(0, -43), `${text}${"A".repeat(43)}`];
      for (const letter of alphabet) {
        changed.push(`${text}${letter}`, `${text.slice(0, 20)}${letter}${text.slice(20)}`);
        if (letter !== text.at(-1)) changed.push(text.slice(0, -1) + letter);
      }
      for (const cipher of ciphers) {
        for (const other of changed) expect(await openOne(cipher, "A_B", other)).toEqual({ status: "corrupt" });
      }
    }
  });

  it("refuses the letters of standard base64", async () => {
    await fc.assert(
      fc.asyncProperty(anyOriginal, async (original) => {
        const text = await sealOne(nodeCipher, original);
        const { keyName, box } = readSealed(text)!;
        const other = writeSealed({ keyName, box: box.replaceAll("-", "+").replaceAll("_", "/") });
        fc.pre(other !== text);
        for (const cipher of ciphers)
          expect(await openOne(cipher, original.type, other)).toEqual({ status: "corrupt" });
      }),
    );
  });

  it("never opens as another type, in another scope or under another key", async () => {
    const others = await Promise.all([scopeKeys("tenant-2", 0), scopeKeys("tenant-1", 1)]);
    await fc.assert(
      fc.asyncProperty(anyOriginal, async (original) => {
        const text = await sealOne(nodeCipher, original);
        for (const cipher of ciphers) {
          expect(await openOne(cipher, `${original.type}_X`, text)).toEqual({ status: "corrupt" });
        }
        for (const other of others) {
          // As it is, and with the name of the key that the other cipher has.
          const renamed = writeSealed({ ...readSealed(text)!, keyName: other.sealingKeys[0]!.name });
          for (const cipher of [createNodeCipher(node, other), await createWebCipher(other)]) {
            expect(await openOne(cipher, original.type, text)).toEqual({ status: "unknown-key" });
            expect(await openOne(cipher, original.type, renamed)).toEqual({ status: "corrupt" });
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it("gives two originals nothing in common", async () => {
    await fc.assert(
      fc.asyncProperty(anyOriginal, anyOriginal, async (one, other) => {
        fc.pre(one.type !== other.type || one.value !== other.value);
        const boxes = [one, other].map((original) => createMessage(original).bytes);
        expect(boxes[0]).not.toEqual(boxes[1]);
        const [first, second] = await nodeCipher.seal([one, other]);
        expect(first!.ids).not.toEqual(second!.ids);
        expect(readSealed(first!.value)!.box.slice(0, 21)).not.toBe(readSealed(second!.value)!.box.slice(0, 21));
      }),
    );
  });

  it("seals under the first key, opens under every key in the list, and finds under every index key", async () => {
    const rotated = await scopeKeys("tenant-1", 1, 0);
    const old = await sealOne(nodeCipher, { type: "A_B", value: "value" });
    for (const cipher of [createNodeCipher(node, rotated), await createWebCipher(rotated)]) {
      const [fresh] = await cipher.seal([{ type: "A_B", value: "value" }]);
      const both = [old, fresh!.value, old].map((text) => ({ type: "A_B", text }));
      expect(await cipher.open(both)).toEqual(both.map(() => ({ status: "opened", value: "value" })));
      expect(await openOne(nodeCipher, "A_B", fresh!.value)).toEqual({ status: "unknown-key" });
      expect(cipher.indexNames).toEqual(rotated.indexKeys.map(({ name }) => name));
      expect(cipher.indexNames[1]).toBe(nodeCipher.indexNames[0]);
      expect(fresh!.ids[1]).toBe((await nodeCipher.index([{ type: "A_B", value: "value" }]))[0]![0]);
    }
  });
});
