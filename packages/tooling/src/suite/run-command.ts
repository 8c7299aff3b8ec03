import { spawn } from "node:child_process";
import { workspaceRoot } from "../workspace/read-workspace.ts";

export interface CommandOptions {
  /** @default the workspace */
  readonly folder?: string;
  /** Variables that are added to those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether to show the output as it comes, for long runs, or only to return it. @default "return" */
  readonly output?: "show" | "return";
  /** After this time the command is told to stop. @default 6 minutes */
  readonly timeoutMs?: number;
}

export interface CommandResult {
  readonly succeeded: boolean;
  /** Both output streams as they came, and why the command ended if it didn't end by itself. */
  readonly output: string;
}

/** Runs a program to its end. One that can't be started, fails or hangs is a result, not an error. */
export function runCommand(
  program: string,
  programArguments: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { folder = workspaceRoot, environment, output = "return", timeoutMs = 360_000 } = options;
  return new Promise((resolve) => {
    const stdio = output === "show" ? "inherit" : "pipe";
    const child = spawn(program, programArguments, {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ["ignore", stdio, stdio],
      timeout: timeoutMs,
      shell: process.platform === "win32",
    });
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    const end = (succeeded: boolean, note = "") =>
      resolve({ succeeded, output: [Buffer.concat(chunks).toString("utf8").trim(), note].filter(Boolean).join("\n") });
    child.on("error", (error) => end(false, `${program} could not be started: ${error.message}`));
    child.on("close", (code, signal) => end(code === 0, signal ? `${program} was ended by ${signal}` : ""));
  });
}
