import {
  attachAsyncDisposal,
  type BackendCapabilities,
  BackendError,
  type BackendOperationOptions,
  type KeyValueBackend,
  type MessageListener,
  type RunOptions,
  type Script,
  type SetOptions,
  type SubscribeOptions,
} from "@keyward/core";

/**
 * A backend that is made when it is first used, so that making it may take a module that is loaded then.
 *
 * @param capabilities what those of the backend will be, since callers ask before they use it.
 */
export function createLazyBackend(
  name: string,
  capabilities: BackendCapabilities,
  create: () => Promise<KeyValueBackend>,
): KeyValueBackend {
  return attachAsyncDisposal(new LazyBackend(name, capabilities, create));
}

class LazyBackend implements KeyValueBackend {
  readonly name: string;
  readonly capabilities: BackendCapabilities;
  readonly #create: () => Promise<KeyValueBackend>;
  #backend: Promise<KeyValueBackend> | undefined;
  #made: KeyValueBackend | undefined;
  #isClosed = false;

  constructor(name: string, capabilities: BackendCapabilities, create: () => Promise<KeyValueBackend>) {
    this.name = name;
    this.capabilities = Object.freeze({ ...capabilities });
    this.#create = create;
  }

  deadlineMs(bytes: number) {
    return this.#made?.deadlineMs?.(bytes);
  }

  async get(key: string, options?: BackendOperationOptions) {
    return (await this.#open("get")).get(key, options);
  }

  async getMany(keys: readonly string[], options?: BackendOperationOptions) {
    return (await this.#open("getMany")).getMany(keys, options);
  }

  async set(key: string, value: string, options?: SetOptions) {
    return (await this.#open("set")).set(key, value, options);
  }

  async delete(keys: readonly string[], options?: BackendOperationOptions) {
    return (await this.#open("delete")).delete(keys, options);
  }

  async run<Arguments, Reply>(
    script: Script<Arguments, Reply>,
    keys: readonly string[],
    input: Arguments,
    options?: RunOptions,
  ) {
    return (await this.#open(`run:${script.name}`)).run(script, keys, input, options);
  }

  async publish(channel: string, message: string, options?: BackendOperationOptions) {
    return (await this.#open("publish")).publish(channel, message, options);
  }

  async subscribe(channel: string, listener: MessageListener, options?: SubscribeOptions) {
    return (await this.#open("subscribe")).subscribe(channel, listener, options);
  }

  async ping(options?: BackendOperationOptions) {
    return (await this.#open("ping")).ping(options);
  }

  async close() {
    this.#isClosed = true;
    const backend = await this.#backend?.catch(() => undefined);
    await backend?.close();
  }

  #open(operation: string): Promise<KeyValueBackend> {
    if (this.#isClosed) {
      const details = { operation, outcome: "not-applied", retryable: false } as const;
      throw new BackendError("BACKEND_CLOSED", `${operation}: the backend has been closed`, details);
    }
    this.#backend ??= this.#make();
    return this.#backend;
  }

  async #make(): Promise<KeyValueBackend> {
    try {
      this.#made = await this.#create();
      return this.#made;
    } catch (error) {
      // Not kept: what was missing may be there the next time.
      this.#backend = undefined;
      throw error;
    }
  }
}
