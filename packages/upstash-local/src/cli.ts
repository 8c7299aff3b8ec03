#!/usr/bin/env node
import { readCommandLine, UsageError, usage } from "./cli/command-line.ts";
import { serve, startFailure } from "./cli/serve.ts";

const MISUSED = 2;

try {
  const commandLine = readCommandLine(process.argv.slice(2), process.env);
  if (commandLine.kind === "help") {
    console.log(usage);
  } else {
    await serve(commandLine.options).catch((error) => {
      console.error(startFailure(error));
      process.exitCode = 1;
    });
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = MISUSED;
}
