import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { digestIds } from "./digest-id.ts";

it("returns base64url of SHA-256 over the code units of each value, in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }), async (values) => {
      const expected = values.map((value) => createHash("sha256").update(value, "utf16le").digest("base64url"));
      expect(await digestIds(values)).toEqual(expected);
    }),
  );
});

it("keeps the order of thousands of values", async () => {
  const values = Array.from({ length: 1_000 }, (_, place) => String(place));
  const ids = await digestIds(values);
  expect(ids[999]).toBe((await digestIds(["999"]))[0]);
  expect(new Set(ids).size).toBe(1_000);
});
