import { describe, expect, it } from "vitest";
import type { Manifest } from "../workspace/read-workspace.ts";
import { findViolations, type LayeredPackage } from "./find-violations.ts";

/** A package of the fixture workspace; `files` are its sources by path inside `src`. */
function fixture(folder: string, manifest: Partial<Manifest> = {}, files: Record<string, string> = {}): LayeredPackage {
  const name = folder === "packages/keyward" ? "keyward" : `@keyward/${folder.split("/")[1]}`;
  return {
    folder,
    manifest: { name, ...manifest },
    sources: Object.entries(files).map(([path, text]) => ({ path: `${folder}/src/${path}`, text })),
  };
}

const core = fixture("packages/core");
const masker = fixture("packages/masker");
const conformance = fixture("packages/conformance");
const testKit = fixture("packages/test-kit");

describe("findViolations", () => {
  it("accepts arrows that run towards the core", () => {
    const backend = fixture(
      "packages/ioredis",
      { dependencies: { "@keyward/core": "workspace:*" } },
      {
        "index.ts": 'import { defineScript } from "@keyward/core"; import Redis from "ioredis";',
      },
    );
    const umbrella = fixture(
      "packages/keyward",
      {},
      {
        "index.ts": 'export * from "@keyward/core"; export * from "@keyward/ioredis";',
      },
    );
    expect(findViolations([core, backend, umbrella])).toEqual([]);
  });

  it("refuses a feature that imports a backend", () => {
    const bad = fixture("packages/masker", {}, { "masker.ts": 'import { x } from "@keyward/ioredis";' });
    expect(findViolations([core, bad, fixture("packages/ioredis")])).toEqual([
      "packages/masker/src/masker.ts: imports @keyward/ioredis",
    ]);
  });

  it("refuses a backend that depends on a feature, though no file imports it", () => {
    const bad = fixture("packages/ioredis", { dependencies: { "@keyward/masker": "workspace:*" } });
    expect(findViolations([core, masker, bad])).toEqual(["packages/ioredis: depends on @keyward/masker"]);
  });

  it("refuses a type as it refuses a value", () => {
    const bad = fixture("packages/conformance", {}, { "x.ts": 'import type { M } from "@keyward/masker";' });
    expect(findViolations([core, masker, bad])).toEqual(["packages/conformance/src/x.ts: imports @keyward/masker"]);
  });

  it("refuses any dependency and any import in the core's product code", () => {
    const bad = fixture(
      "packages/core",
      { dependencies: { ms: "^2" } },
      {
        "x.ts": 'import "node:crypto";',
        "x.test.ts": 'import "vitest";',
      },
    );
    expect(findViolations([bad])).toEqual([
      "packages/core: depends on ms, core depends on nothing",
      'packages/core/src/x.ts: imports "node:crypto", core imports nothing',
    ]);
  });

  it("lets tests, and nothing else, import the test kit and the conformance suite", () => {
    const imports = 'import "@keyward/test-kit"; import "@keyward/conformance";';
    const good = fixture("packages/masker", {}, { "x.parity.test.ts": imports });
    const bad = fixture("packages/masker", {}, { "x.ts": imports });
    expect(findViolations([core, conformance, testKit, good])).toEqual([]);
    expect(findViolations([core, conformance, testKit, bad])).toEqual([
      "packages/masker/src/x.ts: imports @keyward/test-kit",
      "packages/masker/src/x.ts: imports @keyward/conformance",
    ]);
  });

  it("refuses a test kit that knows a feature", () => {
    const bad = fixture("packages/test-kit", {}, { "x.ts": 'import "@keyward/masker";' });
    expect(findViolations([core, masker, bad])).toEqual(["packages/test-kit/src/x.ts: imports @keyward/masker"]);
  });

  it("refuses a path that the package doesn't export, and one that leaves the package", () => {
    const exporting = fixture("packages/core", { exports: { ".": "./x.js", "./testing": "./y.js" } });
    const bad = fixture(
      "packages/masker",
      {},
      {
        "a.ts": 'import "@keyward/core/testing"; import "@keyward/core/src/keyspace.ts";',
        "b.ts": 'import "../../core/src/index.ts";',
      },
    );
    expect(findViolations([exporting, bad])).toEqual([
      'packages/masker/src/a.ts: imports the deep path "@keyward/core/src/keyspace.ts"',
      'packages/masker/src/b.ts: reaches out of its package by "../../core/src/index.ts"',
    ]);
  });

  it("refuses packages in a cycle, by development dependencies too", () => {
    const looped = fixture("packages/core", { devDependencies: { "@keyward/conformance": "workspace:*" } });
    const back = fixture("packages/conformance", { dependencies: { "@keyward/core": "workspace:*" } });
    expect(findViolations([looped, back])).toEqual([
      "packages in a cycle: @keyward/core -> @keyward/conformance -> @keyward/core",
    ]);
  });

  it("refuses files that load each other, and lets types speak of each other", () => {
    const types = fixture(
      "packages/core",
      {},
      {
        "a.ts": 'import type { B } from "./b.ts";',
        "b.ts": 'import { a } from "./a.ts";',
      },
    );
    const values = fixture(
      "packages/core",
      {},
      {
        "a.ts": 'import { b } from "./folder/b.ts";',
        "folder/b.ts": 'import { a } from "../a.ts";',
      },
    );
    expect(findViolations([types])).toEqual([]);
    expect(findViolations([values])).toEqual([
      "files in a cycle: packages/core/src/a.ts -> packages/core/src/folder/b.ts -> packages/core/src/a.ts",
    ]);
  });

  it("refuses a package that has no role", () => {
    expect(findViolations([fixture("packages/new-one")])).toEqual([
      "packages/new-one: has no role; give it one in layering/arrows.ts",
    ]);
  });
});
