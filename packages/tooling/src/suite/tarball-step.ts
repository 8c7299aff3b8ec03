import { runCommand } from "./run-command.ts";
import type { Step } from "./step.ts";
import { packTarballs, type Tarball } from "./tarballs.ts";

/** A step that checks the tarball of every published package with one command. Each package counts as one check. */
export function tarballStep(
  name: string,
  program: string,
  argumentsFor: (tarball: Tarball) => readonly string[],
): Step {
  return {
    name,
    needs: ["build"],
    async run() {
      let passed = 0;
      const failures: string[] = [];
      for (const tarball of await packTarballs()) {
        const { succeeded, output } = await runCommand(program, argumentsFor(tarball));
        if (succeeded) passed += 1;
        else failures.push(`${tarball.package.manifest.name}\n${output}`);
      }
      return { passed, failed: failures.length, output: failures.join("\n\n") };
    },
  };
}
