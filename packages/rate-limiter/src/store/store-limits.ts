import { BackendError, createKeyspace, type KeyValueBackend, type OperationOptions } from "@keyward/core";
import type { WindowRule } from "../algorithms/algorithm.ts";
import type { AlgorithmName } from "../algorithms/algorithms.ts";
import { block } from "../scripts/block.ts";
import type { CheckOutcome } from "../scripts/check-reply.ts";
import { type LimitScripts, scripts } from "../scripts/scripts.ts";
import type { StepReply } from "../scripts/step-reply.ts";
import { KeyDigest } from "./key-digest.ts";

/** The windows of all callers in a store that instances share. Every call is one atomic step under one key. */
export class StoreLimits {
  readonly #backend: KeyValueBackend;
  readonly #name: string;
  readonly #scripts: LimitScripts;
  readonly #keyspace = createKeyspace({ feature: "rate-limiter" });
  readonly #digest = new KeyDigest();

  /** @param name keeps limiters apart that know the same callers */
  constructor(backend: KeyValueBackend, name: string, algorithm: AlgorithmName) {
    this.#backend = backend;
    this.#name = name;
    this.#scripts = scripts[algorithm];
  }

  async check(
    key: string,
    rules: readonly WindowRule[],
    cost: number,
    mode: "spend" | "ask",
    options: OperationOptions,
  ): Promise<CheckOutcome> {
    const { check } = this.#scripts;
    const reply = await this.#backend.run(check, [await this.#keyOf(key)], { cost, mode, rules }, options);
    if (reply.status === "unreadable") throw unreadable(check.name);
    return reply;
  }

  /** Whether the state that it was taken from was still there. */
  async refund(
    key: string,
    rules: readonly WindowRule[],
    cost: number,
    born: number,
    spentAt: number,
    options: OperationOptions,
  ): Promise<boolean> {
    const { refund } = this.#scripts;
    const input = { cost, born, spentAt, rules };
    return isDone(refund.name, await this.#backend.run(refund, [await this.#keyOf(key)], input, options));
  }

  async block(key: string, durationMs: number, options: OperationOptions): Promise<void> {
    isDone(block.name, await this.#backend.run(block, [await this.#keyOf(key)], { durationMs }, options));
  }

  async reset(key: string, options: OperationOptions): Promise<void> {
    await this.#backend.delete([await this.#keyOf(key)], options);
  }

  async #keyOf(key: string): Promise<string> {
    return this.#keyspace.key(await this.#digest.of(key), this.#name);
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
