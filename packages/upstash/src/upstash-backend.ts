import {
  attachAsyncDisposal,
  type BackendCapabilities,
  type BackendOperationOptions,
  checkChannel,
  checkKey,
  checkKeys,
  checkRunOptions,
  checkScriptCall,
  checkSetOptions,
  checkText,
  encodeMessage,
  endsWithRequest,
  type KeyValueBackend,
  type MessageListener,
  ReplyReader,
  type RunOptions,
  readReply,
  type Script,
  type SetOptions,
  type SubscribeOptions,
  sharedByCallers,
} from "@keyward/core";
import { CallRunner } from "./call/call-runner.ts";
import { type ResolvedOptions, resolveOptions, type UpstashBackendOptions } from "./options.ts";
import type { Command, Pipeline } from "./request/command.ts";
import { jsonSize } from "./request/json-size.ts";
import { createLazyTransport } from "./request/lazy-transport.ts";
import { RequestQueue } from "./request/request-queue.ts";
import { ScriptCommands } from "./request/script-commands.ts";
import { SubscribeAttempt } from "./subscriber/subscribe-attempt.ts";
import { Subscriber } from "./subscriber/subscriber.ts";

/**
 * A backend over `@upstash/redis`: Upstash, or any Redis behind its REST protocol.
 *
 * It needs only `fetch`, so it runs on Node, at the edge and in Workers. Everything that is called in one turn of the event loop
 * is one request. Every operation ends within its deadline, and what may have run is never sent again.
 *
 * @example
 * ```ts
 * const backend = createUpstashBackend({ url: "https://name.upstash.io", token: "token", prefix: "app:" });
 * await backend.set("greeting", "hello", { ttlMs: 60_000 });
 * await backend.close();
 * ```
 * @throws {ConfigurationError} if an option can't be used.
 */
export function createUpstashBackend(options: UpstashBackendOptions): KeyValueBackend {
  return attachAsyncDisposal(new UpstashBackend(resolveOptions(options)));
}

class UpstashBackend implements KeyValueBackend {
  readonly name = "upstash";
  // A stream would end with the request that opened it.
  readonly capabilities: BackendCapabilities = Object.freeze({
    reach: "shared",
    push: !endsWithRequest(),
    billedPerCommand: true,
  });
  readonly #prefix: string;
  readonly #queue: () => RequestQueue;
  readonly #runner: CallRunner;
  readonly #scripts = new ScriptCommands();
  readonly #subscriber: Subscriber;

  constructor({ address, prefix, timeoutMs }: ResolvedOptions) {
    this.#prefix = prefix;
    const transport = createLazyTransport(address);
    this.#queue = sharedByCallers(() => new RequestQueue(transport));
    this.#runner = new CallRunner(timeoutMs);
    this.#subscriber = new Subscriber(address);
  }

  deadlineMs(bytes: number): number {
    return this.#runner.deadlineMs(bytes);
  }

  async get(key: string, options?: BackendOperationOptions): Promise<string | null> {
    checkKey("key", key);
    const name = this.#prefix + key;
    const reader = new ReplyReader("get", "not-applied");
    const command = plain([name], "none", jsonSize([name]), (pipeline) => pipeline.get(name));
    return this.#run("get", command, options, (reply) => reader.text(reply));
  }

  async getMany(keys: readonly string[], options?: BackendOperationOptions): Promise<(string | null)[]> {
    checkKeys("keys", keys);
    const names = this.#named(keys);
    const reader = new ReplyReader("getMany", "not-applied");
    const command = plain(names, "none", jsonSize(names), (pipeline) => pipeline.mget(names));
    return this.#run("getMany", command, options, (reply) => reader.texts(reply, names.length), []);
  }

  async set(key: string, value: string, options: SetOptions = {}): Promise<boolean> {
    const { ttlMs, onlyIf } = options;
    checkKey("key", key);
    checkText("value", value);
    checkSetOptions(options);
    const name = this.#prefix + key;
    const conditions = {
      ...(ttlMs !== undefined && { px: ttlMs }),
      ...(onlyIf !== undefined && { [onlyIf === "absent" ? "nx" : "xx"]: true }),
    } as Parameters<Pipeline["set"]>[2];
    const reader = new ReplyReader("set", "unknown");
    const command = plain([name], "write", jsonSize([name, value]), (pipeline) =>
      pipeline.set(name, value, conditions),
    );
    return this.#run("set", command, options, (reply) => {
      if (reply === null) return false;
      reader.status(reply, "OK");
      return true;
    });
  }

  async delete(keys: readonly string[], options?: BackendOperationOptions): Promise<number> {
    checkKeys("keys", keys);
    const names = this.#named(keys);
    const reader = new ReplyReader("delete", "unknown");
    // UNLINK frees a large value outside the server's main thread.
    const command = plain(names, "write", jsonSize(names), (pipeline) => pipeline.unlink(...names));
    return this.#run("delete", command, options, (reply) => reader.count(reply), 0);
  }

  async run<Arguments, Reply>(
    script: Script<Arguments, Reply>,
    keys: readonly string[],
    input: Arguments,
    options: RunOptions = {},
  ): Promise<Reply> {
    const args = checkScriptCall(script, keys, input);
    checkRunOptions(options);
    const { nowMs } = options;
    const operation = `run:${script.name}`;
    const reader = new ReplyReader(operation, "unknown");
    const command = this.#scripts.make(script.lua, this.#named(keys), [nowMs === undefined ? "" : `${nowMs}`, ...args]);
    return this.#run(operation, command, options, (reply) => readReply(script, reader.raw(reply), input));
  }

  async publish(channel: string, message: string, options?: BackendOperationOptions): Promise<void> {
    checkChannel("channel", channel);
    checkText("message", message);
    const name = this.#prefix + channel;
    const text = encodeMessage(message);
    const command = plain([name], "write", jsonSize([name, text]), (pipeline) => pipeline.publish(name, text));
    const reader = new ReplyReader("publish", "unknown");
    await this.#run("publish", command, options, (reply) => reader.count(reply));
  }

  async subscribe(
    channel: string,
    listener: MessageListener,
    options: SubscribeOptions = {},
  ): Promise<() => Promise<void>> {
    checkChannel("channel", channel);
    const { onGap, onSent, signal } = options;
    const name = this.#prefix + channel;
    const subscription = new SubscribeAttempt({ listener, onGap, onSent });
    const end = async () => {
      signal?.removeEventListener("abort", end);
      this.#subscriber.remove(name, subscription);
    };
    const begin = () => {
      this.#subscriber.add(name, subscription);
      return subscription;
    };
    try {
      const details = { operation: "subscribe", effect: "none", size: 0 } as const;
      await this.#runner.run(details, signal && { signal }, begin, () => undefined);
    } catch (error) {
      void end();
      throw error;
    }
    signal?.addEventListener("abort", end);
    return end;
  }

  async ping(options?: BackendOperationOptions): Promise<number> {
    const startedAt = performance.now();
    const command = plain([], "none", 0, (pipeline) => pipeline.ping());
    const reader = new ReplyReader("ping", "not-applied");
    return this.#run("ping", command, options, (reply) => {
      reader.status(reply, "PONG");
      return performance.now() - startedAt;
    });
  }

  async close(): Promise<void> {
    this.#runner.close();
    this.#subscriber.close();
  }

  #named(keys: readonly string[]): string[] {
    return keys.map((key) => this.#prefix + key);
  }

  /** @param withoutKeys the result of a call without keys, for which nothing is sent */
  #run<Result>(
    operation: string,
    command: Command,
    options: BackendOperationOptions | undefined,
    read: (reply: unknown) => Result,
    withoutKeys?: Result,
  ): Promise<Result> {
    const { effect, keys, size } = command;
    const details = { operation, effect, size };
    if (keys.length === 0 && withoutKeys !== undefined) {
      return this.#runner.run(
        details,
        options,
        () => nothingToSend,
        () => withoutKeys,
      );
    }
    const onSent = options?.onSent;
    return this.#runner.run(
      details,
      options,
      (deadlineAt) => this.#queue().send(command, { deadlineAt, onSent }),
      read,
    );
  }
}

const nothingToSend = { reply: Promise.resolve(), isSent: false, lastFailure: undefined, stop() {} };

function plain(
  keys: readonly string[],
  effect: Command["effect"],
  size: number,
  addTo: (pipeline: Pipeline) => unknown,
): Command {
  return { keys, effect, size, addTo };
}
