/**
 * Runs a command of this repository on a fresh clone that has Node 20 or later and npm, nothing else.
 *
 * Plain JavaScript without dependencies, because it runs before anything is installed. It installs what the lockfile
 * names, then runs the command on the Node that the lockfile names. What it says goes to standard error, so that a
 * command's output can be piped.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const stampPath = join(root, "node_modules", ".keyward-installed");

/** What each `npm run` command is, and whether it imports the packages as a user would, from their builds. */
const commands = {
  demo: { script: "examples/mask-and-restore/src/demo.ts", needsBuild: true },
  test: { script: "packages/tooling/src/suite/run-suite.ts", needsBuild: false },
  bench: { script: "packages/benchmarks/src/run.ts", needsBuild: true },
};

const [name = "", ...commandArguments] = process.argv.slice(2);
const command = commands[name];
if (!command) stop(`Unknown command "${name}". There are: ${Object.keys(commands).join(", ")}.`);

const major = Number(process.versions.node.split(".")[0]);
if (major < 20) stop(`Keyward needs Node 20 or later to start; this is ${process.version}.`);

installIfLockfileChanged();
process.env.PATH = join(root, "node_modules", ".bin") + delimiter + process.env.PATH;
if (command.needsBuild) runNode("packages/tooling/src/build/build-if-stale.ts", [], ["ignore", 2, 2]);
process.exitCode = runNode(command.script, commandArguments, "inherit");

function installIfLockfileChanged() {
  const lockfile = readFileSync(join(root, "pnpm-lock.yaml"));
  const stamp = createHash("sha256").update(lockfile).update(`${process.platform} ${process.arch}`).digest("hex");
  if (existsSync(stampPath) && readFileSync(stampPath, "utf8") === stamp) return;
  console.error("Installing the dependencies that the lockfile names; the first time takes a minute ...");
  // Warnings are hidden, since most of them say that a tool wants a later Node than the one that installs it.
  const { status, error } = spawnSync("npx", ["-y", "pnpm@12", "install", "--frozen-lockfile", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    // npx is a batch file on Windows, which only a shell starts.
    shell: process.platform === "win32",
  });
  if (error) stop(`npx could not be started (${error.message}). It comes with npm: is npm on the PATH?`);
  if (status !== 0) stop("The installation failed; the reason stands above. Is the npm registry reachable?");
  writeFileSync(stampPath, stamp);
}

function runNode(script, scriptArguments, stdio) {
  const { status, signal, error } = spawnSync("node", [join(root, script), ...scriptArguments], { cwd: root, stdio });
  if (error) stop(`Node could not be started: ${error.message}`);
  if (signal) process.kill(process.pid, signal);
  if (status !== 0 && stdio !== "inherit") stop(`${script} failed; the reason stands above.`);
  return status ?? 1;
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
