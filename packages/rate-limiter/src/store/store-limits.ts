import { BackendError, type KeyValueBackend, type OperationOptions } from "@keyward/core";
import type { WindowRule } from "../algorithms/algorithm.ts";
import type { AlgorithmName } from "../algorithms/algorithms.ts";
import { block } from "../scripts/block.ts";
import type { CheckOutcome } from "../scripts/check-reply.ts";
import { reset } from "../scripts/reset.ts";
import { type LimitScripts, type RefundArguments, scripts } from "../scripts/scripts.ts";
import type { StepReply } from "../scripts/step-reply.ts";
import { CallerKeys } from "./caller-keys.ts";

/** The windows of all callers in a store that instances share. Every call is one atomic step under one key. */
export class StoreLimits {
  readonly #backend: KeyValueBackend;
  readonly #scripts: LimitScripts;
  readonly #keys: CallerKeys;

  /** @param name keeps limiters apart that know the same callers */
  constructor(backend: KeyValueBackend, name: string, algorithm: AlgorithmName) {
    this.#backend = backend;
    this.#scripts = scripts[algorithm];
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
    if (reply.status === "unreadable") throw unreadable(check.name);
    return reply;
  }

  /** Whether the state that it was taken from was still there. */
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
  if (reply === "unreadable") throw unreadable(script);
  return reply === "done";
}

function unreadable(script: string): BackendError {
  const message = `${script}: something else, or a newer version, wrote under this caller's key; reset(key) removes it`;
  return new BackendError("BACKEND_REPLY_INVALID", message, {
    operation: `run:${script}`,
    outcome: "not-applied",
    retryable: false,
  });
}
