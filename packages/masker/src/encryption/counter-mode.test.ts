import { createCipheriv } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { node } from "./fixtures/scope-keys.ts";
import { type CounterRange, createNodeCounterMode } from "./node/node-counter-mode.ts";
import { createWebCounterMode } from "./web/web-counter-mode.ts";

const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** Many end in bytes of 255 and some have no others, so that the counter overflows within a few blocks. */
const anyCounter = fc
  .tuple(
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
    fc.integer({ min: 0, max: 16 }),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([counter, full, below]) => {
    counter.fill(0xff, 16 - full);
    if (full > 0) counter[15] = 0xff - below;
    return counter;
  });

const anyText = fc
  .tuple(anyCounter, fc.integer({ min: 1, max: 300 }))
  .map(([counter, blocks]) => ({ counter, text: Uint8Array.from({ length: blocks * 16 }, (_, index) => index) }));

describe("counter mode", () => {
  it("is AES-256-CTR with a counter of 128 bits, over Node's crypto for each of many texts, and over WebCrypto", async () => {
    await fc.assert(
      fc.asyncProperty(anyKey, fc.array(anyText, { maxLength: 5 }), async (key, texts) => {
        const bytes = Buffer.concat(texts.flatMap(({ counter, text }) => [counter, text]));
        const before = Uint8Array.from(bytes);
        let next = 0;
        const ranges = texts.map(({ text }): CounterRange => {
          const counter = next;
          next += 16 + text.length;
          return { counter, begin: counter + 16, end: next };
        });
        const counterMode = createNodeCounterMode(node, key);
        counterMode(bytes, ranges);
        const webCounterMode = await createWebCounterMode(Uint8Array.from(key));
        for (const [index, { counter, text }] of texts.entries()) {
          const made = bytes.subarray(ranges[index]!.begin, ranges[index]!.end);
          expect(made.equals(createCipheriv("aes-256-ctr", key, counter).update(text))).toBe(true);
          expect(made.equals(await webCounterMode(Uint8Array.from(counter), text))).toBe(true);
        }
        counterMode(bytes, ranges);
        expect(bytes.equals(before)).toBe(true);
      }),
    );
  });
});
