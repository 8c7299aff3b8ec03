import { publishedPackages, readWorkspace } from "../workspace/read-workspace.ts";
import { pnpm } from "./pnpm.ts";
import type { Step } from "./step.ts";

/** Builds every published package, dependencies first; each counts as one check. */
export const buildStep: Step = {
  name: "build",
  async run() {
    const count = publishedPackages(readWorkspace()).length;
    const { succeeded, output } = await pnpm(["--recursive", "run", "build"]);
    // The first failure stops those that would build upon it, so that their number says nothing.
    return succeeded ? { passed: count, failed: 0 } : { passed: 0, failed: 1, output };
  },
};
