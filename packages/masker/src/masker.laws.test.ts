import { randomBytes } from "node:crypto";
import { createMemoryBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { anyDocument } from "./fixtures/documents.ts";
import { testMaskerLaws } from "./fixtures/test-masker-laws.ts";
import { createMasker } from "./masker.ts";

const backend = createMemoryBackend();
const encryption = { keys: [randomBytes(32)] };
const masker = createMasker({ backend, encryption });
const elsewhere = createMasker({ backend, encryption });
const delimited = createMasker({ format: { prefix: "[[", suffix: "]]" } });

describe("a masker", () => {
  testMaskerLaws({ masker, elsewhere, delimited, documents: anyDocument, runs: 500 });

  it("masks a value that was found by its context everywhere in the text", async () => {
    const { text } = await masker.mask("password=hunter2-Zx9; then xhunter2-Zx9y and hunter2-Zx9");
    expect(text).not.toContain("hunter2");
  });

  it("restores everything that the scope has masked if it is asked to", async () => {
    const [one, other] = [await masker.mask("i-1234567890abcdef0"), await elsewhere.mask("i-0abc1234 10.0.1.100")];
    const { text } = await masker.unmask(`${one.text} ${other.text}`, null, { within: "scope" });
    expect(text).toBe("i-1234567890abcdef0 i-0abc1234 10.0.1.100");
  });
});
