import { parseArgs } from "node:util";
import colors from "picocolors";
import { provideRedisServer } from "../redis-server/provide-redis-server.ts";
import { runSteps, type StepListener } from "./run-steps.ts";
import { steps } from "./steps.ts";
import { summarize } from "./summary.ts";

const progress: StepListener = {
  started: ({ name }) => console.log(`\n${colors.bold(colors.cyan(`> ${name}`))}`),
  ended({ passed, failed, seconds, output }) {
    if (failed > 0 && output) console.log(output);
    const counts = failed > 0 ? colors.red(`${passed} passed, ${failed} failed`) : colors.green(`${passed} passed`);
    console.log(`  ${counts} ${colors.dim(`in ${seconds.toFixed(1)} s`)}`);
  },
};

const { values } = parseArgs({ options: { only: { type: "string" }, list: { type: "boolean", default: false } } });

const wanted = values.only?.split(",").map((name) => name.trim());
const unknown = wanted?.filter((name) => steps.every((step) => step.name !== name)) ?? [];

if (values.list) {
  console.log(steps.map(({ name }) => name).join("\n"));
} else if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(", ")}. There are: ${steps.map(({ name }) => name).join(", ")}.`);
  process.exitCode = 1;
} else {
  process.exitCode = await runSuite();
}

/** @returns the exit code */
async function runSuite(): Promise<number> {
  const server = await provideRedisServer();
  if ("missing" in server) {
    console.error(server.missing);
    return 1;
  }
  process.env["KEYWARD_REDIS_SERVER"] = server.path;
  // So that no test uses a store that the developer's environment names.
  for (const name of Object.keys(process.env)) if (/^(REDIS|KV)_/.test(name)) delete process.env[name];
  const results = await runSteps(
    steps.filter(({ name }) => wanted?.includes(name) ?? true),
    progress,
  );
  console.log(summarize(results));
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
}
