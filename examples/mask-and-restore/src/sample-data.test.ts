import { expect, test } from "vitest";
import { sampleDocuments, sensitiveValues } from "./sample-data.ts";

test("at least 200 distinct values of at least 40 kinds are listed", () => {
  expect(new Set(sensitiveValues.map(({ value }) => value)).size).toBeGreaterThanOrEqual(200);
  expect(new Set(sensitiveValues.map(({ type }) => type)).size).toBeGreaterThanOrEqual(40);
});

test("every listed value stands in its document, and is listed there once", () => {
  const seen = new Set<string>();
  for (const { file, value } of sensitiveValues) {
    expect(sampleDocuments.find((document) => document.file === file)?.text).toContain(value);
    expect(seen).not.toContain(`${file} ${value}`);
    seen.add(`${file} ${value}`);
  }
});

test("every document holds something sensitive", () => {
  const listed = new Set(sensitiveValues.map(({ file }) => file));
  expect(sampleDocuments.map(({ file }) => file).filter((file) => !listed.has(file))).toEqual([]);
});

test("a value has the same kind wherever it stands", () => {
  const kinds = new Map<string, string>();
  for (const { value, type } of sensitiveValues) {
    expect(kinds.get(value) ?? type).toBe(type);
    kinds.set(value, type);
  }
});

test("the documents of the command line are the JSON that it prints", () => {
  for (const { file, text } of sampleDocuments.filter(({ file: name }) => name.endsWith(".json"))) {
    expect(`${JSON.stringify(JSON.parse(text), null, 4)}\n`, file).toBe(text);
  }
});
