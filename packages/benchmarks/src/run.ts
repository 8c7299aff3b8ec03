import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { readRunOptions } from "./run-options.ts";

/** Runs itself again with a garbage collector that can be called, so that samples don't pay for one another. */
if (globalThis.gc === undefined) {
  const script = fileURLToPath(import.meta.url);
  const { status } = spawnSync(process.execPath, ["--expose-gc", script, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} else {
  const options = readRunOptions(process.argv.slice(2));
  const { runBenchmarks } = await import("./run-benchmarks.ts");
  process.exitCode = (await runBenchmarks(options)) ? 0 : 1;
}
