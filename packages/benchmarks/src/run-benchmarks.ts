import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { benchmarks } from "./benchmarks.ts";
import type { RunOptions } from "./run-options.ts";

const script = fileURLToPath(new URL("run-benchmark.ts", import.meta.url));

/**
 * Runs each benchmark in a process of its own: what one has made of the compiler's view of shared code, and of the heap, is no
 * other's. With a garbage collector that can be called, so that samples don't pay for one another.
 *
 * @returns whether every benchmark ran to its end
 */
export function runBenchmarks({ json, quick, only }: RunOptions): boolean {
  const chosen = benchmarks.filter(({ name }) => name.includes(only));
  if (chosen.length === 0) {
    console.error(`No benchmark's name holds "${only}". There are: ${benchmarks.map(({ name }) => name).join(", ")}.`);
    return false;
  }
  if (!json) console.log(`Node ${process.version}, ${availableParallelism()} cores, ${new Date().toISOString()}\n`);
  const flags = [...(json ? ["--json"] : []), ...(quick ? ["--quick"] : [])];
  const statuses = chosen.map(
    ({ name }) =>
      spawnSync(process.execPath, ["--expose-gc", script, ...flags, "--only", name], { stdio: "inherit" }).status,
  );
  return statuses.every((status) => status === 0);
}
