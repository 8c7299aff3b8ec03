import { packageBuild } from "@keyward/tooling";

export default packageBuild({
  entry: {
    index: "src/index.ts",
    redis: "src/redis.ts",
    upstash: "src/upstash.ts",
    "redis-loader.node": "src/redis-loader/redis-loader.node.ts",
    "redis-loader.edge": "src/redis-loader/redis-loader.edge.ts",
  },
  // Left to the import conditions of package.json: the runtime decides which one it is.
  external: [/^node:/, "#redis-loader"],
  esbuildOptions(options, { format }) {
    // In CommonJS `require`, also for what is loaded late: `import` would bring in a second copy of the packages.
    if (format === "cjs") options.supported = { "dynamic-import": false };
  },
  // It would turn that `require` into one that bundlers can't follow; there is hardly anything to shake here.
  treeshake: false,
});
