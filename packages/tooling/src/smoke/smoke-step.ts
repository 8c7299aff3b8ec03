import { rmSync } from "node:fs";
import { join } from "node:path";
import { type CommandResult, runCommand } from "../suite/run-command.ts";
import type { Step } from "../suite/step.ts";
import { publishedPackages, readWorkspace } from "../workspace/read-workspace.ts";
import { entryPoints } from "./entry-points.ts";
import { installConsumer } from "./install-consumer.ts";
import { startLoopbackRedis } from "./loopback-redis.ts";
import { oldestNode } from "./oldest-node.ts";

/** The key that the README's example takes from the environment. */
const exampleKey = Buffer.alloc(32, "smoke").toString("base64");

/** The conformance suite runs inside vitest, which can't be required, so it has a check of its own. */
const conformance = "@keyward/conformance";

/**
 * Installs the packed packages as a user would and uses each on the oldest supported Node, by `import` and by `require`.
 *
 * There is a check for the first example of the README, one for each entry point and way, and one that both ways export alike.
 */
export const smokeStep: Step = {
  name: "smoke on the oldest Node",
  needs: ["build"],
  async run() {
    const folder = await installConsumer();
    const redis = await startLoopbackRedis(folder);
    const run = (...programArguments: string[]) =>
      runCommand(oldestNode(), programArguments, {
        folder,
        environment: { KEYWARD_SMOKE_REDIS_URL: redis.url, NODE_OPTIONS: "", MASK_KEY: exampleKey },
        timeoutMs: 60_000,
      });
    const checks: (CommandResult & { readonly title: string })[] = [];
    try {
      const example = await run("first-example.mjs");
      checks.push({ title: "the first example of the README", ...example });
      for (const name of publishedPackages(readWorkspace()).flatMap(({ manifest }) => entryPoints(manifest))) {
        if (name === conformance) {
          const suite = await run(join("node_modules", "vitest", "vitest.mjs"), "run", "conformance.test.mjs");
          checks.push({ title: `${name} in vitest`, ...suite });
          continue;
        }
        const imported = await run("by-import.mjs", name);
        const required = await run("by-require.cjs", name);
        checks.push({ title: `${name} by import`, ...imported }, { title: `${name} by require`, ...required });
        if (imported.succeeded && required.succeeded) {
          checks.push({ title: `${name} exports the same both ways`, ...sameNames(imported, required) });
        }
      }
    } finally {
      await redis.stop();
      rmSync(folder, { recursive: true, force: true });
    }
    const failures = checks.filter(({ succeeded }) => !succeeded);
    return {
      passed: checks.length - failures.length,
      failed: failures.length,
      output: failures.map(({ title, output }) => `${title}\n${output}`).join("\n\n"),
    };
  },
};

function sameNames(imported: CommandResult, required: CommandResult): CommandResult {
  const succeeded = imported.output === required.output;
  return { succeeded, output: succeeded ? "" : `by import: ${imported.output}\nby require: ${required.output}` };
}
