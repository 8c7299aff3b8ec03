import { publishedPackages, readWorkspace } from "../workspace/read-workspace.ts";
import { pnpm } from "./pnpm.ts";
import type { Step } from "./step.ts";

/** Builds every published package, dependencies first. Each counts as one check. */
export const buildStep: Step = {
  name: "build",
  async run() {
    const count = publishedPackages(readWorkspace()).length;
    const { succeeded, output } = await pnpm(["--recursive", "run", "build"]);
    // The first failure stops the packages that depend on it, so counting failures would mean nothing.
    return succeeded ? { passed: count, failed: 0 } : { passed: 0, failed: 1, output };
  },
};
