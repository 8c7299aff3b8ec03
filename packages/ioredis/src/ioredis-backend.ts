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
  type KeyValueBackend,
  type MessageListener,
  ReplyReader,
  type RunOptions,
  readReply,
  type Script,
  type SetOptions,
  type SubscribeOptions,
  type Subscription,
} from "@keyward/core";
import type { Call } from "./call/call.ts";
import { CallRunner } from "./call/call-runner.ts";
import { LazyConnection } from "./client/lazy-connection.ts";
import { type IoredisBackendOptions, type ResolvedOptions, resolveOptions } from "./options.ts";
import { ReplicaPaths } from "./replicas/replica-paths.ts";
import { slotGroups } from "./slot-groups.ts";
import { Subscriber } from "./subscriber/subscriber.ts";

/**
 * A backend over ioredis: a single Redis, a Cluster, or whatever master Sentinel names.
 *
 * Opens nothing until it is used. Every operation ends within its deadline, even while there is no connection, and what may
 * have run is never sent again.
 *
 * @example
 * ```ts
 * const backend = createIoredisBackend({ url: "redis://localhost:6379", prefix: "app:" });
 * await backend.set("greeting", "hello", { ttlMs: 60_000 });
 * await backend.close();
 * ```
 * @throws {ConfigurationError} if an option can't be used.
 */
export function createIoredisBackend(options: IoredisBackendOptions): KeyValueBackend {
  const resolved = resolveOptions(options);
  return attachAsyncDisposal(new IoredisBackend(resolved));
}

class IoredisBackend implements KeyValueBackend {
  readonly name = "ioredis";
  readonly capabilities: BackendCapabilities = Object.freeze({
    reach: "shared",
    push: true,
    billedPerCommand: false,
    hearsOfReplicas: true,
  });
  readonly #connection: LazyConnection;
  readonly #prefix: string;
  readonly #runner: CallRunner;
  readonly #replicaPaths: ReplicaPaths;
  readonly #subscriber = new Subscriber();

  constructor(options: ResolvedOptions) {
    this.#connection = new LazyConnection(options);
    this.#prefix = options.prefix;
    this.#runner = new CallRunner(this.#connection, options.timeoutMs);
    this.#replicaPaths = new ReplicaPaths(options);
  }

  deadlineMs(bytes: number): number | undefined {
    const isLoaded = this.#connection.current !== undefined || this.#replicaPaths.areOpen;
    return isLoaded ? this.#runner.deadlineMs(bytes) : undefined;
  }

  async get(key: string, options?: BackendOperationOptions): Promise<string | null> {
    checkKey("key", key);
    const reader = new ReplyReader("get", "not-applied");
    return this.#runner.run({ operation: "get", effect: "none" }, options, key.length, async (call) =>
      reader.text(await call.send("get", [this.#prefix + key])),
    );
  }

  async getMany(keys: readonly string[], options?: BackendOperationOptions): Promise<(string | null)[]> {
    checkKeys("keys", keys);
    const reader = new ReplyReader("getMany", "not-applied");
    return this.#runner.run({ operation: "getMany", effect: "none" }, options, sizeOf(keys), async (call) => {
      const values = new Array<string | null>(keys.length);
      await this.#perSlot(call, keys, async (group, places) => {
        const found = reader.texts(await call.send("mget", group), group.length);
        for (const [index, place] of places.entries()) values[place] = found[index] as string | null;
      });
      return values;
    });
  }

  async set(key: string, value: string, options: SetOptions = {}): Promise<boolean> {
    const { ttlMs, onlyIf } = options;
    checkKey("key", key);
    checkText("value", value);
    checkSetOptions(options);
    const args = [this.#prefix + key, value];
    if (ttlMs !== undefined) args.push("PX", `${ttlMs}`);
    if (onlyIf !== undefined) args.push(onlyIf === "absent" ? "NX" : "XX");
    const reader = new ReplyReader("set", "unknown");
    return this.#runner.run({ operation: "set", effect: "write" }, options, sizeOf(args), async (call) => {
      const reply = await call.send("set", args);
      if (reply === null) return false;
      reader.status(reply, "OK");
      return true;
    });
  }

  async delete(keys: readonly string[], options?: BackendOperationOptions): Promise<number> {
    checkKeys("keys", keys);
    const reader = new ReplyReader("delete", "unknown");
    return this.#runner.run({ operation: "delete", effect: "write" }, options, sizeOf(keys), async (call) => {
      let deleted = 0;
      // UNLINK frees a big value outside the server's main thread.
      await this.#perSlot(call, keys, async (group) => {
        const count = reader.count(await call.send("unlink", group));
        deleted += count;
      });
      return deleted;
    });
  }

  async run<Arguments, Reply>(
    script: Script<Arguments, Reply>,
    keys: readonly string[],
    input: Arguments,
    options: RunOptions = {},
  ): Promise<Reply> {
    const args = checkScriptCall(script, keys, input);
    checkRunOptions(options, this.capabilities);
    const operation = `run:${script.name}`;
    const { nowMs, replicas = 0 } = options;
    const prefixed = keys.map((key) => this.#prefix + key);
    const argv = [nowMs === undefined ? "" : `${nowMs}`, ...args];
    const size = sizeOf(prefixed) + sizeOf(argv);
    const step = { lua: script.lua, byText: false, keys: prefixed, args: argv, size };
    const reader = new ReplyReader(operation, "unknown");
    const path = replicas > 0 ? this.#replicaPaths.to(replicas) : undefined;
    return (path?.runner ?? this.#runner).run({ operation, effect: "write" }, options, size, async (call) => {
      const reply = await (path ? call.sendAcknowledged(step, path.writes) : call.sendScript(step));
      return readReply(script, reader.raw(reply), input);
    });
  }

  async publish(channel: string, message: string, options?: BackendOperationOptions): Promise<void> {
    checkChannel("channel", channel);
    checkText("message", message);
    const name = this.#prefix + channel;
    // Sent by its slot: on a Cluster all messages of a channel go through one node, and so stay in order.
    await this.#runner.run({ operation: "publish", effect: "write" }, options, message.length, (call) =>
      call.send("publish", [name, encodeMessage(message)], name),
    );
  }

  async subscribe(
    channel: string,
    listener: MessageListener,
    options: SubscribeOptions = {},
  ): Promise<() => Promise<void>> {
    checkChannel("channel", channel);
    const { onGap, onSent, signal } = options;
    const name = this.#prefix + channel;
    let announce = () => {};
    const ready = new Promise<void>((resolve) => {
      announce = resolve;
    });
    const subscription: Subscription = { listener, onGap, onSent, onReady: announce, ready: false };
    const end = async () => {
      signal?.removeEventListener("abort", end);
      await this.#subscriber.remove(name, subscription);
    };
    try {
      await this.#runner.run({ operation: "subscribe", effect: "none" }, signal && { signal }, 0, async (call) => {
        this.#subscriber.add(await call.connection(), name, subscription);
        await ready;
      });
    } catch (error) {
      void end();
      throw error;
    }
    signal?.addEventListener("abort", end);
    return end;
  }

  async ping(options?: BackendOperationOptions): Promise<number> {
    const reader = new ReplyReader("ping", "not-applied");
    return this.#runner.run({ operation: "ping", effect: "none" }, options, 0, async (call) => {
      reader.status(await call.send("ping", []), "PONG");
      return performance.now() - call.startedAt;
    });
  }

  async close(): Promise<void> {
    this.#runner.close();
    this.#subscriber.close();
    this.#connection.close();
    this.#replicaPaths.close();
  }

  /** Sends one command, or on a Cluster one for each hash tag, all at once. */
  async #perSlot(
    call: Call,
    keys: readonly string[],
    send: (keys: readonly string[], places: readonly number[]) => Promise<void>,
  ): Promise<void> {
    if (keys.length === 0) return;
    const prefixed = keys.map((key) => this.#prefix + key);
    const { isCluster } = await call.connection();
    const groups = isCluster ? slotGroups(prefixed) : [{ keys: prefixed, places: [...keys.keys()] }];
    await Promise.all(groups.map((group) => send(group.keys, group.places)));
  }
}

function sizeOf(texts: readonly string[]): number {
  let size = 0;
  for (const text of texts) size += text.length;
  return size;
}
