import { ConfigurationError, createMemoryBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { failureOf } from "./fixtures/counted-masker.ts";
import { createMasker, type Masker } from "./masker.ts";

describe("erasing", () => {
  const erasures: [string, (masker: Masker) => Promise<unknown>][] = [
    ["an original", (masker) => masker.erase({ originals: [{ type: "NET_IPV4", value: "10.0.0.1" }] })],
    ["a token", (masker) => masker.erase({ tokens: ["NET_IPV4_001"] })],
    ["a scope", (masker) => masker.erase("scope")],
  ];

  it.each(erasures)("forgets %s for good and never uses its number again", async (_what, erase) => {
    const backend = createMemoryBackend();
    const masker = createMasker({ backend });
    const other = createMasker({ backend });
    const masked = await masker.mask("10.0.0.1");
    await other.mask("10.0.0.1");
    await erase(masker);
    expect(await masker.unmask(masked.text, masked)).toMatchObject({
      text: "NET_IPV4_001",
      unresolved: [{ reason: "not-issued" }],
    });
    expect((await masker.mask("10.0.0.1")).text).toBe("NET_IPV4_002");
  });

  it("reaches the other instances' caches by push", async () => {
    const backend = createMemoryBackend();
    const [masker, other] = [createMasker({ backend }), createMasker({ backend })];
    const masked = await masker.mask("10.0.0.1");
    await other.mask("10.0.0.1");
    await masker.erase({ tokens: ["NET_IPV4_001"] });
    // A message of another scope's erasure that comes after says that this one's came.
    await new Promise((resolve) => setImmediate(resolve));
    expect((await other.unmask(masked.text, masked)).unresolved).toMatchObject([{ reason: "not-issued" }]);
  });

  it("refuses a token that is none, and what it can't read", async () => {
    const masker = createMasker();
    for (const what of [{ tokens: ["nonsense"] }, { tokens: ["NET_IPV4_001 "] }, {}, null, "everything"]) {
      expect(await failureOf(masker.erase(what as never))).toBeInstanceOf(ConfigurationError);
    }
  });
});
