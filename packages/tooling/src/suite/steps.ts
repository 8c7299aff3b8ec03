import { smokeStep } from "../smoke/smoke-step.ts";
import { buildStep } from "./build-step.ts";
import { commandStep } from "./command-step.ts";
import { sizeStep } from "./size-step.ts";
import type { Step } from "./step.ts";
import { tarballStep } from "./tarball-step.ts";
import { vitestStep } from "./vitest-step.ts";

const layering = "packages/tooling/src/layering/";

/** The whole suite, in its order: what is quick and likely to fail comes first. */
export const steps: readonly Step[] = [
  commandStep("lint and format", "biome", ["ci", "--colors=off", "--error-on-warnings"]),
  commandStep("types", "tsc", ["--project", "tsconfig.json"]),
  buildStep,
  vitestStep("layering", { filters: [layering] }),
  vitestStep("unit", { exclude: [`${layering}**`, "**/*.{parity,conformance,e2e,faults}.test.ts"], shared: true }),
  vitestStep("parity", { filters: [".parity.test.ts"], shared: true }),
  vitestStep("conformance", { filters: [".conformance.test.ts"], workers: 5 }),
  vitestStep("end-to-end", { filters: [".e2e.test.ts"], workers: 1 }),
  vitestStep("faults", { filters: [".faults.test.ts"], needs: ["build"], workers: 5 }),
  tarballStep("publint", "publint", ({ path }) => ["run", path, "--strict"]),
  tarballStep("are the types wrong", "attw", ({ path, package: { manifest } }) => [
    ...[path, "--no-color", "--format", "table-flipped"],
    ...["--profile", manifest.main ? "node16" : "esm-only"],
  ]),
  commandStep("unused code", "knip", ["--no-progress"]),
  sizeStep,
  smokeStep,
];
