import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { NumberingError, type NumberingErrorCode } from "./numbering-error.ts";

const codes: Record<NumberingErrorCode, true> = { NUMBERS_EXHAUSTED: true, MAPPING_CORRUPT: true };

it.each(Object.keys(codes))("docs/errors.md has a heading for %s", (code) => {
  const page = readFileSync(new URL("../../../../docs/errors.md", import.meta.url), "utf8");
  expect(page).toMatch(new RegExp(`^#+ ${code}$`, "m"));
});

it("is recognised by its code, even if it comes from another installed copy", async () => {
  const { KeywardError } = await import("../errors/keyward-error.ts");
  expect(NumberingError.is(new KeywardError("MAPPING_CORRUPT", "from elsewhere"))).toBe(true);
  expect(NumberingError.is(new KeywardError("BACKEND_FULL", "from elsewhere"))).toBe(false);
});
