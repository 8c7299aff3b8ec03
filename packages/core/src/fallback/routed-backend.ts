import type {
  BackendCapabilities,
  BackendOperationOptions,
  KeyValueBackend,
  MessageListener,
  RunOptions,
  SetOptions,
  SubscribeOptions,
} from "../backend.ts";
import type { Script } from "../script/script.ts";
import type { Operation } from "./operation.ts";

/** A backend that decides where each operation goes. */
export abstract class RoutedBackend implements KeyValueBackend {
  abstract readonly name: string;
  abstract readonly capabilities: BackendCapabilities;

  protected abstract perform<Result>(operation: Operation<Result>): Promise<Result>;

  get(key: string, options?: BackendOperationOptions): Promise<string | null> {
    return this.perform({ name: "get", options, send: (backend) => backend.get(key, options), texts: () => [key] });
  }

  getMany(keys: readonly string[], options?: BackendOperationOptions): Promise<(string | null)[]> {
    return this.perform({
      name: "getMany",
      options,
      send: (backend) => backend.getMany(keys, options),
      texts: () => keys,
    });
  }

  set(key: string, value: string, options?: SetOptions): Promise<boolean> {
    return this.perform({
      name: "set",
      options,
      send: (backend) => backend.set(key, value, options),
      texts: () => [key, value],
    });
  }

  delete(keys: readonly string[], options?: BackendOperationOptions): Promise<number> {
    return this.perform({
      name: "delete",
      options,
      send: (backend) => backend.delete(keys, options),
      texts: () => keys,
    });
  }

  run<Arguments, Reply>(
    script: Script<Arguments, Reply>,
    keys: readonly string[],
    input: Arguments,
    options?: RunOptions,
  ): Promise<Reply> {
    return this.perform({
      name: `run:${script.name}`,
      options,
      send: (backend) => backend.run(script, keys, input, options),
      texts: () => [...keys, ...script.args(input)],
    });
  }

  publish(channel: string, message: string, options?: BackendOperationOptions): Promise<void> {
    return this.perform({
      name: "publish",
      options,
      send: (backend) => backend.publish(channel, message, options),
      texts: () => [channel, message],
    });
  }

  ping(options?: BackendOperationOptions): Promise<number> {
    return this.perform({ name: "ping", options, send: (backend) => backend.ping(options), texts: () => [] });
  }

  abstract subscribe(
    channel: string,
    listener: MessageListener,
    options?: SubscribeOptions,
  ): Promise<() => Promise<void>>;

  abstract close(): Promise<void>;
}
