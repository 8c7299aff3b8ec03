import { defineConfig } from "tsup";

/**
 * The one build of every published package: ES modules, CommonJS and declarations from `src/index.ts`.
 *
 * @param {import("tsup").Options} [overrides] what a package needs beside the preset, further entries say
 */
export function packageBuild(overrides = {}) {
  return defineConfig({
    entry: ["src/index.ts"],
    format: ["esm", "cjs"],
    dts: { compilerOptions: { paths: {}, ignoreDeprecations: "6.0" } },
    loader: { ".lua": "text" },
    target: "node20",
    platform: "neutral",
    clean: true,
    treeshake: true,
    ...overrides,
  });
}
