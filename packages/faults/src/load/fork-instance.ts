import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Starts an instance of an app as a process of its own, with its task as JSON in its first argument. */
export function forkInstance(entry: URL, task: object): ChildProcess {
  return fork(fileURLToPath(entry), [JSON.stringify(task)], {
    execArgv: [],
    env: { PATH: process.env["PATH"] },
    serialization: "advanced",
  });
}
