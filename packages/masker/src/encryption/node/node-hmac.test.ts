import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { node } from "../fixtures/scope-keys.ts";
import type { NodeCrypto } from "./node-crypto.ts";
import { createNodeHmac } from "./node-hmac.ts";

const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
/** As where a runtime imitates an older Node. */
const withoutOneShots = { ...node, hash: undefined } as unknown as NodeCrypto;

describe.each([
  ["with one-shot hashes", node],
  ["without", withoutOneShots],
])("HMAC over Node's crypto, %s", (_name, crypto) => {
  it("is what the platform makes of any key and any part of a buffer", () => {
    fc.assert(
      fc.property(
        anyKey,
        fc.array(fc.uint8Array({ maxLength: 2_000, size: "max" }), { maxLength: 4 }),
        (key, parts) => {
          const hmac = createNodeHmac(crypto, key);
          const bytes = Buffer.concat([Buffer.from("before"), ...parts, Buffer.from("behind")]);
          let at = 6;
          for (const part of parts) {
            const expected = createHmac("sha256", key).update(part).digest("binary");
            expect(hmac(bytes, at, at + part.length)).toBe(expected);
            at += part.length;
          }
        },
      ),
    );
  });

  it("is what the platform makes of messages of every length around the limit", () => {
    const key = Uint8Array.from({ length: 32 }, (_, index) => index);
    const bytes = Buffer.alloc(1_100, 7);
    const hmac = createNodeHmac(crypto, key);
    for (let length = 1_000; length < 1_100; length++) {
      const expected = createHmac("sha256", key).update(bytes.subarray(0, length)).digest("binary");
      expect(hmac(bytes, 0, length)).toBe(expected);
    }
  });
});
