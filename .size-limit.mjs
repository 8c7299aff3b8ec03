/**
 * What a bundler takes from each package with all that it imports, minified and compressed; peers and Node's own modules
 * are left out. An entry with `import` is for an app that uses that much of it: the rest has to fall away.
 */
const limits = [
  { folder: "core", limit: "36 kB" },
  { folder: "core", import: "{ createMemoryBackend }", limit: "6 kB" },
  { folder: "core", import: "{ withFallback }", limit: "10.5 kB" },
  { folder: "core", import: "{ KeywardError }", limit: "1 kB" },
  { folder: "ioredis", limit: "12 kB" },
  { folder: "upstash", limit: "10.5 kB" },
  { folder: "masker", limit: "90 kB" },
  { folder: "rate-limiter", limit: "41 kB" },
  { folder: "rate-limiter", import: "{ createConcurrencyLimiter }", limit: "25 kB" },
  { folder: "express", limit: "30 kB" },
  { folder: "next", limit: "16 kB" },
  { folder: "conformance", limit: "24 kB" },
  { folder: "keyward", limit: "138 kB" },
  { folder: "upstash-local", limit: "12 kB" },
];

export default limits.map(({ folder, ...entry }) => ({
  ...entry,
  name: [folder === "keyward" ? folder : `@keyward/${folder}`, entry.import].filter(Boolean).join(" "),
  path: `packages/${folder}/dist/index.js`,
  gzip: true,
  ignore: ["node:*", "express", "ioredis", "@upstash/redis", "vitest", "fast-check"],
  // The paths of the workspace's configuration would lead to the sources; a user has the builds.
  modifyEsbuildConfig: (config) => ({ ...config, tsconfigRaw: {} }),
}));
