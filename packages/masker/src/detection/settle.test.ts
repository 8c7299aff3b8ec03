import { describe, expect, it } from "vitest";
import { createMasker } from "../masker.ts";
import { dictionary } from "./dictionary.ts";

describe("a value after one that ends with a backslash", () => {
  const folder = "C:\\share\\";
  const masker = createMasker({ detectors: ["aws", dictionary({ type: "CORP_FOLDER", terms: [folder] })] });

  // Whether the `n` belongs to an escape depends on the number of backslashes before it, and some of these are replaced.
  it.each([0, 1, 2, 3, 4])("is restored with %i backslashes between them", async (count) => {
    for (const letter of ["n", "N", ""]) {
      const text = `${folder}${"\\".repeat(count)}${letter}i-1234567890abcdef0 and on`;
      const masked = await masker.mask(text);
      expect(await masker.unmask(masked.text, masked)).toEqual({ text, unresolved: [] });
    }
  });
});
