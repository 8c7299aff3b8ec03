import { expect, it } from "vitest";
import { entryPoints } from "./entry-points.ts";

it("the entry points of a package are its exports, without its manifest", () => {
  const exports = { ".": "./dist/index.js", "./redis": "./dist/redis.js", "./package.json": "./package.json" };
  expect(entryPoints({ name: "keyward", exports })).toEqual(["keyward", "keyward/redis"]);
  expect(entryPoints({ name: "plain" })).toEqual(["plain"]);
});
