import { checkBackend, checkKey, checkReplicas, checkTimeout } from "../../arguments/argument-checks.ts";
import type { KeyValueBackend, OperationOptions } from "../../backend.ts";
import { ConfigurationError } from "../../errors/configuration-error.ts";
import { createKeyspace } from "../../keyspace/keyspace.ts";
import { refusalError } from "../refusal-error.ts";
import { takeBlock } from "./take-block.ts";

export interface CounterOptions {
  readonly backend: KeyValueBackend;
  /** Separates counters with different purposes on one backend; kebab-case. @default "counters" */
  readonly namespace?: string;
  /**
   * How many replicas must have acknowledged a number before it is given out, so that a failover to one of them can't lose
   * it. Needs a backend with `hearsOfReplicas`.
   *
   * @default 0
   */
  readonly replicas?: number;
}

/** The numbers from `first` to `last`, both included. */
export interface NumberBlock {
  readonly first: number;
  readonly last: number;
}

/**
 * Gives out numbers that rise from 1 and are never given out twice under one name, on any instance, and not after a restart
 * or failover of the store either.
 *
 * After a restart or failover at least a thousand numbers of each counter are left out, because the store may have lost the
 * latest ones. If a call fails and its outcome is unknown, its numbers may be used up: asking again leaves a gap, and never
 * repeats a number. Counters never expire.
 */
export interface Counter {
  /**
   * Returns the next number of a counter.
   *
   * @throws {NumberingError} `NUMBERS_EXHAUSTED` beyond 2^53 - 1.
   */
  next(name: string, options?: OperationOptions): Promise<number>;
  /** Takes the next `size` numbers in one step, so that you can give them out without asking the store each time. */
  block(name: string, size: number, options?: OperationOptions): Promise<NumberBlock>;
}

/**
 * Creates counters on a backend.
 *
 * @example
 * ```ts
 * const counter = createCounter({ backend: createMemoryBackend() });
 * await counter.next("invoice"); // 1
 * await counter.block("invoice", 100); // { first: 2, last: 101 }
 * ```
 * @throws {ConfigurationError} if an option can't be used.
 */
export function createCounter(options: CounterOptions): Counter {
  const { backend, namespace = "counters", replicas = 0 } = options;
  checkBackend("backend", backend);
  checkReplicas(replicas, backend.capabilities);
  const keyspace = createKeyspace({ feature: namespace });

  async function block(name: string, size: number, runOptions: OperationOptions = {}): Promise<NumberBlock> {
    checkKey("name", name);
    checkTimeout("timeoutMs", runOptions.timeoutMs);
    if (!Number.isSafeInteger(size) || size < 1) throw new ConfigurationError("size", "must be a whole number above 0");
    const waiting = replicas === 0 ? runOptions : { ...runOptions, replicas };
    const reply = await backend.run(takeBlock, [keyspace.key(name, "n")], { count: size }, waiting);
    if (reply.status !== "ok") throw refusalError(reply);
    return { first: reply.first, last: reply.last };
  }

  return { block, next: async (name, runOptions) => (await block(name, 1, runOptions)).first };
}
