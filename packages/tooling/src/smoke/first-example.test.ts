import { describe, expect, it } from "vitest";
import { firstExample } from "./first-example.ts";

describe("firstExample", () => {
  it("takes the first TypeScript block, whole, and no other", () => {
    const readme = "Text\n```sh\nnpm i\n```\n```ts\nconst a = 1;\nconst b = 2;\n```\n```ts\nconst c = 3;\n```\n";
    const program = firstExample(readme);
    expect(program.startsWith("const a = 1;\nconst b = 2;\n\nimport")).toBe(true);
    expect(program).not.toContain("const c");
  });

  it("fails on a README without one", () => {
    expect(() => firstExample("```sh\nnpm i\n```\n")).toThrow("no TypeScript block");
  });
});
