import { describe, expect, it } from "vitest";
import { readImports } from "./read-imports.ts";

const read = (text: string): readonly string[] =>
  readImports("file.ts", text).map(({ specifier, typeOnly }) => `${typeOnly ? "type " : ""}${specifier}`);

describe("readImports", () => {
  it("reads every way to load a module", () => {
    const text = `
      import "a";
      import { b } from "b";
      export { c } from "c";
      export * from "d";
      const e = await import("e");
      const f = require("f");
      import g = require("g");
    `;
    expect(read(text)).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
  });

  it("tells what is erased from what is loaded", () => {
    const text = `
      import type { A } from "a";
      export type { B } from "b";
      let c: import("c").C;
      import { type D, d } from "d";
    `;
    expect(read(text)).toEqual(["type a", "type b", "type c", "d"]);
  });

  it("passes over comments and strings", () => {
    expect(read('/** import { a } from "a" */ const text = "import \'b\'";')).toEqual([]);
  });
});
