import { packageBuild } from "@keyward/tooling";

export default packageBuild({ entry: ["src/index.ts", "src/cli.ts"], platform: "node" });
