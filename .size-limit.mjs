/**
 * What a bundler takes from each package with all that it imports, minified and compressed; peers and Node's own modules
 * are left out.
 */
const limits = {
  core: "26 kB",
  ioredis: "25 kB",
  masker: "75 kB",
  conformance: "35 kB",
  keyward: "90 kB",
};

export default Object.entries(limits).map(([folder, limit]) => ({
  name: folder === "keyward" ? folder : `@keyward/${folder}`,
  path: `packages/${folder}/dist/index.js`,
  limit,
  gzip: true,
  ignore: ["node:*", "ioredis", "vitest", "fast-check"],
  // The paths of the workspace's configuration would lead to the sources; a user has the builds.
  modifyEsbuildConfig: (config) => ({ ...config, tsconfigRaw: {} }),
}));
