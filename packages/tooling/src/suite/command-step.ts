import { runCommand } from "./run-command.ts";
import type { Step } from "./step.ts";

/** A step that is one command over the whole workspace, and counts as one check. */
export function commandStep(name: string, program: string, programArguments: readonly string[]): Step {
  return {
    name,
    async run() {
      const { succeeded, output } = await runCommand(program, programArguments);
      return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, output };
    },
  };
}
