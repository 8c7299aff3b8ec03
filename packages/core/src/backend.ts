import type { Retention, Script } from "./script/script.ts";

export interface BackendCapabilities {
  /**
   * `"shared"`: other processes see what is written. `"local"`: it ends with this process. `"off"`: there is a shared
   * store and it is switched off, so only what may be degraded is answered, from memory; all else fails at once. A
   * feature that can't work so says it when it is made.
   */
  readonly reach: "shared" | "local" | "off";
  /** Whether `subscribe` is told of messages as they come. */
  readonly push: boolean;
  /** Whether every command costs money, so that callers pack and batch. */
  readonly billedPerCommand: boolean;
  /** Whether `run` can wait until replicas have acknowledged what it wrote. @default false */
  readonly hearsOfReplicas?: boolean;
}

export interface OperationOptions {
  /**
   * The longest this operation may take, in milliseconds; after it the call fails with `BACKEND_TIMEOUT`.
   *
   * @default the backend's own deadline, which grows with the size of what is sent
   */
  readonly timeoutMs?: number;
  /** Ends the wait: the call rejects with the signal's reason. What was sent already may still be applied. */
  readonly signal?: AbortSignal;
}

/** What a feature says to a backend beside what its own callers may say. */
export interface BackendOperationOptions extends OperationOptions {
  /**
   * What may become of the operation while the shared store is away, where there is a fallback: `"local"` may be answered
   * from this process's memory; `"never"` fails with a `BackendError`. Only the feature knows which is safe.
   *
   * @default "never"
   */
  readonly degrade?: "local" | "never";
  /**
   * Told how many commands each sending takes, repeats included: what a store that bills by command counts. Of those that share one
   * somebody is told. What it throws is swallowed.
   */
  readonly onSent?: (commands: number) => void;
  /**
   * How much of the backend's own deadline is gone, in milliseconds, since the caller has been waiting for its turn. Unlike
   * a short `timeoutMs` it says that a store which isn't in time has had the whole of a deadline. Means nothing beside one.
   *
   * @default 0
   */
  readonly waitedMs?: number;
}

export interface SetOptions extends BackendOperationOptions {
  /** Whole milliseconds above 0. @default none, the key lives until it is deleted */
  readonly ttlMs?: number;
  /** Writes only when the key is absent, or only when it is present. */
  readonly onlyIf?: "absent" | "present";
  /** @default "always" */
  readonly retain?: Retention;
}

export interface RunOptions extends BackendOperationOptions {
  /** Stands for the store's clock, in milliseconds since the epoch. For tests: elsewhere the store's clock decides. */
  readonly nowMs?: number;
  /**
   * How many replicas must have acknowledged what the step wrote before the call resolves. Fewer by the deadline are a
   * `BackendError` whose outcome is `"unknown"`: the step has run, and may be lost with the server that ran it.
   *
   * A step that wrote nothing may be answered without waiting, also where what it read is of another call that is still
   * being waited for. So one whose answer must outlive the server writes something whenever it runs.
   *
   * @default 0
   */
  readonly replicas?: number;
}

export interface SubscribeOptions extends Pick<BackendOperationOptions, "degrade" | "onSent"> {
  /** Called after messages may have been missed, such as after a reconnect. */
  readonly onGap?: () => void;
  /** Ends the subscription, as the returned function does. */
  readonly signal?: AbortSignal;
}

/** Called with each message in the order of sending. What it throws is swallowed: a listener can't break the backend. */
export type MessageListener = (message: string) => void;

/**
 * A key-value store, as small as features can live with. Every member is one atomic step or one plain read.
 *
 * Keys and values are strings; a string that UTF-8 can't carry (a lone surrogate) is a `ConfigurationError`.
 * A failure of the store is a `BackendError` that says what is known of the outcome; nothing whose outcome is unknown is
 * ever sent again. An abort rejects with the signal's reason. After `close` every member fails with `BACKEND_CLOSED`.
 */
export interface KeyValueBackend {
  readonly name: string;
  readonly capabilities: BackendCapabilities;
  /**
   * The backend's own deadline, in milliseconds, of an operation that sends so many bytes: what holds without a `timeoutMs`.
   * For those who let callers wait before they call. `undefined` where there is none, or it isn't known yet: operations
   * don't count the time in which a client is loaded.
   */
  deadlineMs?(bytes: number): number | undefined;

  get(key: string, options?: BackendOperationOptions): Promise<string | null>;
  /** In the order of `keys`. Keys may be in different slots: then it isn't one snapshot. */
  getMany(keys: readonly string[], options?: BackendOperationOptions): Promise<(string | null)[]>;
  /** Whether it was written: false only when `onlyIf` forbade it. */
  set(key: string, value: string, options?: SetOptions): Promise<boolean>;
  /** How many of the keys there were. Keys may be in different slots. */
  delete(keys: readonly string[], options?: BackendOperationOptions): Promise<number>;
  /** Runs a script as one atomic step. Keys in different hash slots are a `ConfigurationError` on every backend. */
  run<Arguments, Reply>(
    script: Script<Arguments, Reply>,
    keys: readonly string[],
    input: Arguments,
    options?: RunOptions,
  ): Promise<Reply>;

  publish(channel: string, message: string, options?: BackendOperationOptions): Promise<void>;
  /**
   * Resolves once messages published from now on will arrive; the returned function ends the subscription. Fails by the
   * backend's own deadline, and nothing of it is left then.
   */
  subscribe(channel: string, listener: MessageListener, options?: SubscribeOptions): Promise<() => Promise<void>>;

  /** Asks the store whether it is there; resolves with the milliseconds that it took. */
  ping(options?: BackendOperationOptions): Promise<number>;
  /** Ends connections that the backend made itself; pending calls reject with `BACKEND_CLOSED`. May be called twice. */
  close(): Promise<void>;
}
