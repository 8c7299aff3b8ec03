import {
  checkChannel,
  checkKey,
  checkKeys,
  checkRunOptions,
  checkScriptCall,
  checkSetOptions,
  checkText,
  checkTimeout,
} from "../arguments/argument-checks.ts";
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
import { KeywardError } from "../errors/keyward-error.ts";
import { attachAsyncDisposal } from "../runtime/async-disposal.ts";
import { readReply } from "../script/read-reply.ts";
import type { Script } from "../script/script.ts";
import { ChannelHub } from "./channel-hub.ts";
import { MemoryStore, type MemoryStoreOptions } from "./memory-store.ts";

export type MemoryBackendOptions = MemoryStoreOptions;

/**
 * A backend in this process: bounded, without timers or connections, and gone when the process ends.
 *
 * For tests, for a single instance, and to fall back to. Every operation is finished when the call returns; only its promise
 * settles later. Two memory backends share nothing.
 *
 * @example
 * ```ts
 * const backend = createMemoryBackend({ maxBytes: 16 * 1024 * 1024 });
 * await backend.set("greeting", "hello", { ttlMs: 60_000 });
 * ```
 * @throws {ConfigurationError} if an option can't be used.
 */
export function createMemoryBackend(options: MemoryBackendOptions = {}): KeyValueBackend {
  return attachAsyncDisposal(new MemoryBackend(new MemoryStore(options)));
}

class MemoryBackend implements KeyValueBackend {
  readonly name = "memory";
  readonly capabilities: BackendCapabilities = Object.freeze({ reach: "local", push: true, billedPerCommand: false });
  readonly #store: MemoryStore;
  readonly #hub = new ChannelHub();
  #closed = false;

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  async get(key: string, options?: BackendOperationOptions): Promise<string | null> {
    checkKey("key", key);
    this.#enter("get", options);
    return this.#store.step((store) => store.get(key), { operation: "get" });
  }

  async getMany(keys: readonly string[], options?: BackendOperationOptions): Promise<(string | null)[]> {
    checkKeys("keys", keys);
    this.#enter("getMany", options);
    // A hash among the keys reads as null, as with MGET.
    return this.#store.step(
      (store) => keys.map((key) => (this.#store.typeOf(key, store.now) === "hash" ? null : store.get(key))),
      {
        operation: "getMany",
      },
    );
  }

  async set(key: string, value: string, options: SetOptions = {}): Promise<boolean> {
    const { ttlMs, onlyIf, retain = "always" } = options;
    checkKey("key", key);
    checkText("value", value);
    checkSetOptions(options);
    this.#enter("set", options);
    return this.#store.step(
      (store) => {
        if (onlyIf !== undefined && store.exists(key) !== (onlyIf === "present")) return false;
        store.set(key, value, ttlMs);
        return true;
      },
      { operation: "set", retain },
    );
  }

  async delete(keys: readonly string[], options?: BackendOperationOptions): Promise<number> {
    checkKeys("keys", keys);
    this.#enter("delete", options);
    return this.#store.step((store) => keys.filter((key) => store.delete(key)).length, { operation: "delete" });
  }

  async run<Arguments, Reply>(
    script: Script<Arguments, Reply>,
    keys: readonly string[],
    input: Arguments,
    options: RunOptions = {},
  ): Promise<Reply> {
    const args = checkScriptCall(script, keys, input);
    checkRunOptions(options);
    const operation = `run:${script.name}`;
    this.#enter(operation, options);
    const { nowMs } = options;
    const step = { operation, retain: script.retain, ...(nowMs === undefined ? {} : { nowMs }) };
    return readReply(script, this.#runTwin(script, keys, args, step), input);
  }

  async publish(channel: string, message: string, options?: BackendOperationOptions): Promise<void> {
    checkChannel("channel", channel);
    checkText("message", message);
    this.#enter("publish", options);
    this.#hub.publish(channel, message);
  }

  async subscribe(
    channel: string,
    listener: MessageListener,
    options: SubscribeOptions = {},
  ): Promise<() => Promise<void>> {
    checkChannel("channel", channel);
    this.#enter("subscribe", options);
    const { signal } = options;
    const leave = this.#hub.subscribe(channel, listener);
    const end = () => {
      leave();
      signal?.removeEventListener("abort", end);
    };
    signal?.addEventListener("abort", end);
    return async () => end();
  }

  async ping(options?: BackendOperationOptions): Promise<number> {
    this.#enter("ping", options);
    return 0;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#hub.close();
    this.#store.clear();
  }

  #enter(operation: string, options: BackendOperationOptions = {}): void {
    checkTimeout("timeoutMs", options.timeoutMs);
    options.signal?.throwIfAborted();
    if (this.#closed) {
      const details = { operation, outcome: "not-applied", retryable: false } as const;
      throw new BackendError("BACKEND_CLOSED", "the backend has been closed", details);
    }
  }

  #runTwin(
    script: Script<never, unknown>,
    keys: readonly string[],
    args: readonly string[],
    options: { readonly operation: string; readonly retain: Script<never, unknown>["retain"] },
  ) {
    try {
      return this.#store.step((store) => script.memory(store, keys, args), options);
    } catch (error) {
      if (KeywardError.is(error)) throw error;
      // Without its message, and not as the cause, because both may quote the script's arguments.
      const kind = error instanceof Error ? error.name : typeof error;
      throw new BackendError("BACKEND_REJECTED", `${script.name} failed with a ${kind}`, {
        operation: options.operation,
        outcome: "not-applied",
        retryable: false,
      });
    }
  }
}
