import type { KeyValueBackend, OperationOptions } from "@keyward/core";
import type { WindowRule } from "../algorithms/algorithm.ts";
import type { AlgorithmName } from "../algorithms/algorithms.ts";
import { block } from "../scripts/block.ts";
import type { CheckOutcome } from "../scripts/check.ts";
import { type LimitScripts, limitScripts } from "../scripts/limit-scripts.ts";
import type { RefundArguments } from "../scripts/refund.ts";
import { reset } from "../scripts/reset.ts";
import type { StepReply } from "../scripts/step-reply.ts";
import { CallerKeys } from "./caller-keys.ts";
import { unreadableState } from "./unreadable-state.ts";

const remedy = "remove it with reset(key)";

/** The windows of all callers, on a store that instances share. Every call is one atomic step on one key. */
export class StoreCounts {
  readonly #backend: KeyValueBackend;
  readonly #scripts: LimitScripts;
  readonly #keys: CallerKeys;

  /** @param name separates limiters that see the same callers */
  constructor(backend: KeyValueBackend, name: string, algorithm: AlgorithmName) {
    this.#backend = backend;
    this.#scripts = limitScripts[algorithm];
    this.#keys = new CallerKeys("rate-limiter", name);
  }

  async check(
    key: string,
    rules: readonly WindowRule[],
    cost: number,
    mode: "spend" | "ask",
    options: OperationOptions,
  ): Promise<CheckOutcome> {
    const { check } = this.#scripts;
    const stored = this.#keys.of(key);
    const keys = [typeof stored === "string" ? stored : await stored];
    const reply = await this.#backend.run(check, keys, { cost, mode, rules }, options);
    if (reply.status === "unreadable") throw unreadableState(check.name, remedy);
    return reply;
  }

  /** @returns whether the state that the units were taken from was still there */
  async refund(key: string, input: RefundArguments, options: OperationOptions): Promise<boolean> {
    const { refund } = this.#scripts;
    return isDone(refund.name, await this.#backend.run(refund, [await this.#keys.of(key)], input, options));
  }

  async block(key: string, durationMs: number, options: OperationOptions): Promise<void> {
    isDone(block.name, await this.#backend.run(block, [await this.#keys.of(key)], { durationMs }, options));
  }

  async reset(key: string, options: OperationOptions): Promise<void> {
    isDone(reset.name, await this.#backend.run(reset, [await this.#keys.of(key)], {}, options));
  }
}

function isDone(script: string, reply: StepReply): boolean {
  if (reply === "unreadable") throw unreadableState(script, remedy);
  return reply === "done";
}
