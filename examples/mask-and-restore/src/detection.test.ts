import { createMasker } from "keyward";
import { expect, test } from "vitest";
import { sampleDocuments, sensitiveValues } from "./sample-data.ts";

const masker = createMasker();

test.each(sampleDocuments)("every listed value of $file is found, as what it is", ({ file, text }) => {
  const found = new Set(masker.preview(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`));
  const listed = sensitiveValues.filter((value) => value.file === file);
  expect(listed.map(({ type, value }) => `${type} ${value}`).filter((entry) => !found.has(entry))).toEqual([]);
});
