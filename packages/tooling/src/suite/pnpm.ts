import { type CommandOptions, type CommandResult, runCommand } from "./run-command.ts";

/** Runs the package manager, in the version that the bootstrap installs with. */
export function pnpm(pnpmArguments: readonly string[], options?: CommandOptions): Promise<CommandResult> {
  return runCommand("npx", ["-y", "pnpm@12", ...pnpmArguments], options);
}
