import { describe, expect, it } from "vitest";
import { codeExamplesIn } from "./code-examples.ts";

describe("codeExamplesIn", () => {
  it("takes the TypeScript blocks of a document, with their lines", () => {
    const document = "# A\n\n```ts\nconst a = 1;\n```\n\n```sh\nls\n```\n\n```ts\nconst b = 2;\n```\n";
    expect(codeExamplesIn("README.md", document)).toEqual([
      { place: "README.md:3", code: "const a = 1;" },
      { place: "README.md:11", code: "const b = 2;" },
    ]);
  });

  it("takes those of docstrings without their stars, and no template that looks like one", () => {
    const source = [
      "/**",
      " * @example",
      " * ```ts",
      " * if (ready) {",
      " *   go();",
      " * }",
      " * ```",
      " */",
      "const a = `",
      "```ts",
      "no",
      "```",
      "`;",
    ];
    expect(codeExamplesIn("a.ts", source.join("\n"))).toEqual([{ place: "a.ts:3", code: "if (ready) {\n  go();\n}" }]);
  });
});
