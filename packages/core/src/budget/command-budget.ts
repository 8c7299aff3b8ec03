import { checkBackend } from "../arguments/argument-checks.ts";
import type {
  BackendCapabilities,
  BackendOperationOptions,
  KeyValueBackend,
  MessageListener,
  RunOptions,
  SetOptions,
  SubscribeOptions,
} from "../backend.ts";
import { BackendError } from "../errors/backend-error.ts";
import { attachAsyncDisposal } from "../runtime/async-disposal.ts";
import { endsWithRequest } from "../runtime/ends-with-request.ts";
import { readReply } from "../script/read-reply.ts";
import type { Script } from "../script/script.ts";
import { type CommandBudgetOptions, resolveBudgetOptions } from "./budget-options.ts";
import { type CommandBudgetStatus, CommandLedger } from "./command-ledger.ts";
import { countedScript } from "./counted-script.ts";

/** A backend that counts what its store bills. Made by {@link withCommandBudget}. */
export interface BudgetedBackend extends KeyValueBackend {
  /** How much of the month's budget is used, as far as this instance knows. Doesn't ask the store. */
  budget(): CommandBudgetStatus;
}

/**
 * For a store that bills by the command: counts the commands that it gets, including those inside scripts, against a monthly
 * budget that all instances share.
 *
 * Instances add what they have counted to the store in large steps, so each of them knows only what the others have reported: up
 * to a thousandth of the budget may be missing for each. No operation waits for a report, except in Workers the one that makes
 * it due, within its deadline. Close the backend when the process ends, or what hasn't been reported is lost.
 *
 * How many commands a script has run can't be known if its answer is an error or never comes. Then it counts as the most that
 * the script has taken so far.
 *
 * @param backend a backend that calls `onSent`. Put a fallback around the budget, not inside it.
 * @example
 * ```ts
 * const backend = withCommandBudget(createMemoryBackend(), {
 *   monthly: 500_000,
 *   observer: ({ share, used }) => console.warn(`${share * 100} % of the month's commands: ${used}`),
 * });
 * const { used, month } = backend.budget();
 * ```
 * @throws {ConfigurationError} if an option can't be used.
 */
export function withCommandBudget(backend: KeyValueBackend, options: CommandBudgetOptions): BudgetedBackend {
  checkBackend("backend", backend);
  const ledger = new CommandLedger(backend, resolveBudgetOptions(options));
  return attachAsyncDisposal(new CountingBackend(backend, ledger));
}

class CountingBackend implements BudgetedBackend {
  readonly #backend: KeyValueBackend;
  readonly #ledger: CommandLedger;
  readonly #count = (commands: number) => this.#ledger.count(commands);

  constructor(backend: KeyValueBackend, ledger: CommandLedger) {
    this.#backend = backend;
    this.#ledger = ledger;
  }

  get name(): string {
    return this.#backend.name;
  }

  get capabilities(): BackendCapabilities {
    return this.#backend.capabilities;
  }

  deadlineMs(bytes: number) {
    return this.#backend.deadlineMs?.(bytes);
  }

  get(key: string, options?: BackendOperationOptions) {
    return this.#perform("get", options, (counted) => this.#backend.get(key, counted));
  }

  getMany(keys: readonly string[], options?: BackendOperationOptions) {
    return this.#perform("getMany", options, (counted) => this.#backend.getMany(keys, counted));
  }

  set(key: string, value: string, options?: SetOptions) {
    return this.#perform("set", options, (counted) => this.#backend.set(key, value, counted));
  }

  delete(keys: readonly string[], options?: BackendOperationOptions) {
    return this.#perform("delete", options, (counted) => this.#backend.delete(keys, counted));
  }

  async run<Arguments, Reply>(
    script: Script<Arguments, Reply>,
    keys: readonly string[],
    input: Arguments,
    options?: RunOptions,
  ): Promise<Reply> {
    const counted = countedScript(script);
    let isSent = false;
    const count = (commands: number) => {
      isSent = true;
      this.#ledger.count(commands);
    };
    const send = async (entered: RunOptions) => {
      const answer = await this.#backend.run(counted.script, keys, input, entered).catch((error: unknown) => {
        const isKnownNotToHaveRun = BackendError.is(error) && error.outcome === "not-applied";
        if (isSent && !isKnownNotToHaveRun) this.#ledger.count(counted.most);
        throw error;
      });
      counted.most = Math.max(counted.most, answer.commands);
      this.#ledger.count(answer.commands);
      return answer.raw;
    };
    // Read here and not by the counted script, so that commands count even if the reply can't be read.
    return readReply(script, await this.#perform(`run:${script.name}`, options, send, count), input);
  }

  publish(channel: string, message: string, options?: BackendOperationOptions) {
    return this.#perform("publish", options, (counted) => this.#backend.publish(channel, message, counted));
  }

  async subscribe(channel: string, listener: MessageListener, options?: SubscribeOptions) {
    return this.#backend.subscribe(channel, listener, this.#enter("subscribe", options));
  }

  ping(options?: BackendOperationOptions) {
    return this.#perform("ping", options, (counted) => this.#backend.ping(counted));
  }

  budget() {
    return this.#ledger.status();
  }

  async close() {
    await this.#ledger.close();
    await this.#backend.close();
  }

  async #perform<Options extends BackendOperationOptions, Result>(
    operation: string,
    options: Options | undefined,
    send: (options: Options) => Promise<Result>,
    count = this.#count,
  ): Promise<Result> {
    const startedAt = performance.now();
    const result = await send(this.#enter(operation, options, count));
    // Without waiting, the report would end with the request, and the month would never be known.
    if (endsWithRequest()) await this.#ledger.attend(this.#leftMs(options, startedAt));
    return result;
  }

  /** What is left of the operation's deadline; Infinity if it has none. */
  #leftMs({ timeoutMs, waitedMs = 0 }: BackendOperationOptions = {}, startedAt: number): number {
    const deadlineMs = timeoutMs ?? (this.#backend.deadlineMs?.(0) ?? Number.POSITIVE_INFINITY) - waitedMs;
    return deadlineMs - (performance.now() - startedAt);
  }

  /** The options to pass on. @throws {BackendError} if there is nothing left to spend. */
  #enter<Options extends Pick<BackendOperationOptions, "onSent" | "signal">>(
    operation: string,
    options: Options | undefined,
    count = this.#count,
  ) {
    options?.signal?.throwIfAborted();
    if (this.#ledger.refuses()) throw spentError(operation, this.#ledger.status());
    const outer = options?.onSent;
    const onSent = outer
      ? (commands: number) => {
          count(commands);
          outer(commands);
        }
      : count;
    return { ...(options as Options), onSent };
  }
}

function spentError(operation: string, { monthly, month }: CommandBudgetStatus): BackendError {
  return new BackendError(
    "BACKEND_UNAVAILABLE",
    `${operation}: the ${monthly} commands of ${month} are used up; raise the budget, or wait for the next month`,
    // With this code a fallback goes on from memory, and nobody retries at once.
    { operation, outcome: "not-applied", retryable: false },
  );
}
