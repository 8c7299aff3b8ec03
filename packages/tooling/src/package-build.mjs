import { defineConfig } from "tsup";

/**
 * The one build of every published package: ES modules, CommonJS, declarations for each, and source maps, from
 * `src/index.ts`.
 *
 * @param {import("tsup").Options} [overrides] what a package needs beside the preset: further entries, a platform
 */
export function packageBuild(overrides = {}) {
  return defineConfig({
    entry: ["src/index.ts"],
    format: ["esm", "cjs"],
    // The paths that let the editor jump to sources would pull a neighbour's sources into the declarations.
    dts: { compilerOptions: { paths: {}, ignoreDeprecations: "6.0" } },
    loader: { ".lua": "text" },
    target: "node20",
    // Nothing on the common path may lean on Node; a package that is Node's alone says so.
    platform: "neutral",
    // With `node:crypto` shortened to `crypto`, Deno and the edge runtimes would look for a package of that name.
    removeNodeProtocol: false,
    external: [/^node:/],
    sourcemap: true,
    clean: true,
    treeshake: true,
    silent: true,
    ...overrides,
  });
}
