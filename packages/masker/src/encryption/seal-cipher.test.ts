import { createCipheriv, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyOriginal, masters, node, scopeKeys } from "./fixtures/scope-keys.ts";
import { createNodeCipher } from "./node/node-cipher.ts";
import { deriveScopeKeys } from "./scope-keys.ts";
import type { SealCipher } from "./seal-cipher.ts";
import { createWebCipher } from "./web/web-cipher.ts";

const keys = await scopeKeys("tenant-1", 0);
const overNode = createNodeCipher(node, keys).seals!;
const overWeb = (await createWebCipher(keys)).seals!;
const both: [string, SealCipher][] = [
  ["Node's crypto", overNode],
  ["WebCrypto", overWeb],
];

async function openOne(cipher: SealCipher, type: string, bytes: Uint8Array): Promise<string | undefined> {
  return (await cipher.open([{ type, bytes }]))[0];
}

describe("a seal", () => {
  it("is the same over Node's crypto and over WebCrypto, and opens over both", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOriginal, { maxLength: 4 }), async (originals) => {
        const sealed = await overNode.seal(originals);
        expect(await overWeb.seal(originals)).toEqual(sealed);
        const seals = sealed.map((bytes, index) => ({ type: originals[index]!.type, bytes }));
        const values = originals.map(({ value }) => value);
        expect(await overNode.open(seals)).toEqual(values);
        expect(await overWeb.open(seals)).toEqual(values);
      }),
      { numRuns: 100 },
    );
  });

  it("is ten bytes of HMAC-SHA-256 over type and original, and AES-256-CTR from there", async () => {
    const { prf, encryption } = keys.sealingKeys[0]!;
    const compact = Buffer.concat([Buffer.from("i-1234567890abcdef0"), Buffer.from([1])]);
    const message = Buffer.concat([Buffer.from("AWS_EC2\0"), compact]);
    const iv = createHmac("sha256", prf).update(message).digest().subarray(0, 10);
    const counter = Buffer.concat([iv, Buffer.alloc(6)]);
    const box = createCipheriv("aes-256-ctr", encryption, counter).update(compact);
    const [seal] = await overNode.seal([{ type: "AWS_EC2", value: "i-1234567890abcdef0" }]);
    expect(Buffer.from(seal!).equals(Buffer.concat([iv, box]))).toBe(true);
  });

  it.each(both)("doesn't open with a bit changed, cut or added, or as another type: over %s", async (_, cipher) => {
    for (const value of ["", "i-1234567890abcdef0", "x".repeat(90)]) {
      const [seal] = (await cipher.seal([{ type: "A_B", value }])) as [Uint8Array];
      for (let bit = 0; bit < seal.length * 8; bit++) {
        const changed = Uint8Array.from(seal);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(await openOne(cipher, "A_B", changed)).toBeUndefined();
      }
      expect(await openOne(cipher, "A_C", seal)).toBeUndefined();
      expect(await openOne(cipher, "A_B", seal.subarray(0, -5))).toBeUndefined();
      expect(await openOne(cipher, "A_B", Uint8Array.from([...seal, 0, 0, 0, 0, 0]))).toBeUndefined();
      expect(await openOne(cipher, "A_B", new Uint8Array(3))).toBeUndefined();
      expect(await openOne(cipher, "A_B", seal)).toBe(value);
    }
  });

  it("opens under every sealing key in the list, and in no other scope", async () => {
    const seals = (await overNode.seal([{ type: "A_B", value: "10.0.0.1" }])).map((bytes) => ({ type: "A_B", bytes }));
    const promoted = await deriveScopeKeys("tenant-1", [masters[1]!], [masters[1]!, masters[0]!]);
    const elsewhere = await scopeKeys("tenant-2", 0);
    const without = await scopeKeys("tenant-1", 1);
    for (const create of [createWebCipher, async (chosen: typeof keys) => createNodeCipher(node, chosen)]) {
      expect(await (await create(promoted)).seals!.open(seals)).toEqual(["10.0.0.1"]);
      expect(await (await create(elsewhere)).seals!.open(seals)).toEqual([undefined]);
      expect(await (await create(without)).seals!.open(seals)).toEqual([undefined]);
    }
  });

  it("has nothing in common with what the store keeps of the same original", async () => {
    const original = { type: "A_B", value: "i-1234567890abcdef0" };
    const cipher = createNodeCipher(node, keys);
    const [sealed] = await cipher.seal([original]);
    const [seal] = await overNode.seal([original]);
    const record = Buffer.from(sealed!.value.slice(9), "base64url").toString("hex");
    const ids = Buffer.from(sealed!.ids[0]!, "base64url").toString("hex");
    for (let at = 0; at + 4 <= seal!.length; at++) {
      expect(record + ids).not.toContain(Buffer.from(seal!.subarray(at, at + 4)).toString("hex"));
    }
  });
});
