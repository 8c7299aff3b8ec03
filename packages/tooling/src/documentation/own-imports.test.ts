import { describe, expect, it } from "vitest";
import { exportedNames, ownImports } from "./own-imports.ts";

describe("exportedNames", () => {
  it("reads values and types, by the names they are exported under", () => {
    const index =
      'export { a, type B } from "./a.ts";\nexport type { C as D } from "./c.ts";\nexport * from "./e.ts";\n';
    expect(exportedNames(index)).toEqual(["a", "B", "D"]);
  });
});

describe("ownImports", () => {
  it("imports the exported names that the example uses, as whole words", () => {
    expect(ownImports("const x = createA(options);", "a", ["createA", "create", "B"])).toBe(
      'import { createA } from "a";\n',
    );
  });

  it("adds nothing to an example that imports for itself, or uses nothing", () => {
    expect(ownImports('import { createA } from "a";\ncreateA();', "a", ["createA"])).toBe("");
    expect(ownImports("const x = 1;", "a", ["createA"])).toBe("");
  });
});
