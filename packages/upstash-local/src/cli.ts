#!/usr/bin/env node
import { readCommandLine, UsageError, usage } from "./cli/command-line.ts";
import { serve, startFailure } from "./cli/serve.ts";

const misusedExitCode = 2;

void main();

async function main(): Promise<void> {
  try {
    const commandLine = readCommandLine(process.argv.slice(2), process.env);
    if (commandLine.kind === "help") return console.log(usage);
    await serve(commandLine.options);
  } catch (error) {
    const misused = error instanceof UsageError;
    console.error(misused ? `${error.message}\n\n${usage}` : startFailure(error));
    process.exitCode = misused ? misusedExitCode : 1;
  }
}
