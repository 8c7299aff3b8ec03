import type { Algorithm } from "./algorithm.ts";
import { fixedWindow } from "./fixed-window.ts";
import { gcra } from "./gcra.ts";
import { log } from "./log.ts";

/** How a window is counted. */
export type AlgorithmName = "log" | "gcra" | "fixed-window";

export const algorithms: Readonly<Record<AlgorithmName, Algorithm<unknown>>> = {
  log: log as Algorithm<unknown>,
  gcra: gcra as Algorithm<unknown>,
  "fixed-window": fixedWindow as Algorithm<unknown>,
};
