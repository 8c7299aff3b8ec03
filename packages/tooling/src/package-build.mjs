import { readFile } from "node:fs/promises";
import { defineConfig } from "tsup";

/**
 * Imports Lua scripts as text, without comments. Comment lines become empty lines, because servers name the line of an error.
 *
 * @type {NonNullable<import("tsup").Options["esbuildPlugins"]>[number]}
 */
const luaText = {
  name: "lua-text",
  setup(build) {
    build.onLoad({ filter: /\.lua$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      return { loader: "text", contents: text.replace(/^ *--.*$/gm, "").replace(/^ +/gm, "") };
    });
  },
};

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
    // The paths by which editors find sources would pull those of other packages into the declarations.
    dts: { compilerOptions: { paths: {}, ignoreDeprecations: "6.0" } },
    esbuildPlugins: [luaText],
    target: "node20",
    // Nothing may depend on Node by default. A package that is only for Node overrides this.
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
