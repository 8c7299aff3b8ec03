import { expect, test } from "vitest";
import { createHighlighter } from "./highlighter.ts";

const mark = (text: string) => `<${text}>`;

test("paints every place of every term, the longer of two at one place", () => {
  const highlight = createHighlighter(["10.0.0.1", "10.0.0.17", "a|b"], mark);
  expect(highlight("10.0.0.17, 10.0.0.1, 10x0.0.1, a|b")).toBe("<10.0.0.17>, <10.0.0.1>, 10x0.0.1, <a|b>");
});

test("without terms a text stays as it is", () => {
  expect(createHighlighter([""], mark)("as it is")).toBe("as it is");
});
