import { describe, expect, it } from "vitest";
import { dictionary } from "../detection/dictionary.ts";
import { createMasker } from "../masker.ts";
import { withinStringLength } from "./within-string-length.ts";

describe("a text that would be longer than a string can be once it is restored", () => {
  const masker = createMasker({ detectors: [dictionary({ type: "A_TERM", terms: ["secret"] })] });
  // The dictionary masks the whole word.
  const original = `${"x".repeat(32_000)}secret`;
  const answer = "A_TERM_001 ".repeat(17_000);

  it("is a typed error", async () => {
    const { handle } = await masker.mask(original);
    await expect(masker.unmask(answer, handle)).rejects.toMatchObject({ code: "TEXT_TOO_LONG" });
  });

  it("is a typed error in a stream too, if it arrives as one chunk", async () => {
    const { handle } = await masker.mask(original);
    const stream = masker.unmaskStream(handle);
    const writing = stream.writable.getWriter().write(answer);
    await expect(stream.readable.getReader().read()).rejects.toMatchObject({ code: "TEXT_TOO_LONG" });
    await expect(writing).rejects.toMatchObject({ code: "TEXT_TOO_LONG" });
  });
});

describe("withinStringLength", () => {
  it("returns what was written, and passes on every other error", () => {
    expect(withinStringLength(() => "text")).toBe("text");
    const failure = new TypeError("something else");
    expect(() =>
      withinStringLength(() => {
        throw failure;
      }),
    ).toThrow(failure);
  });
});
