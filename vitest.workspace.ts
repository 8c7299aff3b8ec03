import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vitest/config";

/** Imports a `.lua` file as its text, as the build does. */
const luaAsText: Plugin = {
  name: "lua-as-text",
  transform(code, id) {
    return id.endsWith(".lua") ? `export default ${JSON.stringify(code)}` : undefined;
  },
};

const folders = ["packages", "examples"].flatMap((parent) =>
  readdirSync(new URL(parent, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({ name: entry.name, root: `${parent}/${entry.name}` })),
);

export default defineConfig({
  plugins: [luaAsText],
  resolve: {
    tsconfigPaths: true,
    // package.json's own conditions would lead to the build, which may not be there, or be an old one.
    alias: {
      "#redis-loader": fileURLToPath(
        new URL("packages/keyward/src/redis-loader/redis-loader.node.ts", import.meta.url),
      ),
    },
  },
  test: {
    projects: folders.map(({ name, root }) => ({ extends: true, test: { name, root } })),
    include: ["src/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
