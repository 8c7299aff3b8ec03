import { packageBuild } from "@keyward/tooling";

// For `import` alone: the suite registers vitest tests, and vitest can't be required.
export default packageBuild({ format: ["esm"] });
