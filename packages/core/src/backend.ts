import type { Retention, Script } from "./script/script.ts";

export interface BackendCapabilities {
  /**
   * `"shared"`: other processes see what is written. `"local"`: the data ends with this process. `"off"`: there is a shared
   * store, but it is switched off: what may be degraded is answered from memory, and everything else fails at once. A
   * feature that can't work this way throws when it is made.
   */
  readonly reach: "shared" | "local" | "off";
  /** Whether subscriptions receive messages as they are published. */
  readonly push: boolean;
  /** Whether every command costs money, so that callers should save commands. */
  readonly billedPerCommand: boolean;
  /** Whether `run` can wait until replicas have acknowledged what it wrote. @default false */
  readonly hearsOfReplicas?: boolean;
}

export interface OperationOptions {
  /**
   * The longest that this operation may take, in milliseconds. After that it fails with `BACKEND_TIMEOUT`.
   *
   * @default the backend's own deadline, which grows with the size of what is sent
   */
  readonly timeoutMs?: number;
  /** Ends the wait: the call rejects with the signal's reason. What has been sent already may still be applied. */
  readonly signal?: AbortSignal;
}

/** What a feature may tell a backend, in addition to the options of its own callers. */
export interface BackendOperationOptions extends OperationOptions {
  /**
   * What may happen to the operation while the shared store is away, if there is a fallback: `"local"` may be answered from
   * this process's memory, `"never"` fails with a `BackendError`. Only the feature knows which is safe.
   *
   * @default "never"
   */
  readonly degrade?: "local" | "never";
  /**
   * Told how many commands are sent, repeats included, as a store that bills by the command counts them. If several operations
   * share a command, one of them is told. What this function throws is ignored.
   */
  readonly onSent?: (commands: number) => void;
  /**
   * How much of the backend's own deadline has passed already, in milliseconds, while the caller waited for its turn. Unlike a
   * short `timeoutMs`, it says that a store which isn't in time has had a whole deadline. Ignored beside `timeoutMs`.
   *
   * @default 0
   */
  readonly waitedMs?: number;
}

export interface SetOptions extends BackendOperationOptions {
  /** Whole milliseconds above 0. @default none: the key lives until it is deleted */
  readonly ttlMs?: number;
  /** Writes only when the key is absent, or only when it is present. */
  readonly onlyIf?: "absent" | "present";
  /** @default "always" */
  readonly retain?: Retention;
}

export interface RunOptions extends BackendOperationOptions {
  /** Replaces the store's clock, in milliseconds since the epoch. For tests only: otherwise the store's clock decides. */
  readonly nowMs?: number;
  /**
   * How many replicas must have acknowledged what the step wrote before the call resolves. If there are fewer by the deadline,
   * the call rejects with a `BackendError` of unknown outcome: the step has run, but may be lost with the server that ran it.
   *
   * A step that wrote nothing may be answered without waiting, even if it has read what another call wrote and is still
   * waiting for. So a step whose answer must outlive the server writes something each time it runs.
   *
   * @default 0
   */
  readonly replicas?: number;
}

export interface SubscribeOptions extends Pick<BackendOperationOptions, "degrade" | "onSent"> {
  /** Called after messages may have been missed, such as after a reconnect. */
  readonly onGap?: () => void;
  /** Ends the subscription, just as the returned function does. */
  readonly signal?: AbortSignal;
}

/** Called with each message, in the order in which they were sent. What it throws is ignored. */
export type MessageListener = (message: string) => void;

/**
 * A key-value store, reduced to what features need. Every member is one atomic step or one plain read.
 *
 * Keys and values are strings; a string that UTF-8 can't carry (with a lone surrogate) is a `ConfigurationError`. A failure of
 * the store is a `BackendError`, which says what is known of the outcome. Nothing with an unknown outcome is ever sent again.
 * An abort rejects with the signal's reason. After `close`, every member fails with `BACKEND_CLOSED`.
 */
export interface KeyValueBackend {
  readonly name: string;
  readonly capabilities: BackendCapabilities;
  /**
   * The backend's own deadline, in milliseconds, for an operation that sends this many bytes and has no `timeoutMs`. For code
   * that lets its callers wait before it calls the backend. `undefined` if there is no deadline, or it isn't known yet because
   * the client is still being loaded, which no deadline includes.
   */
  deadlineMs?(bytes: number): number | undefined;

  get(key: string, options?: BackendOperationOptions): Promise<string | null>;
  /** The values, in the order of `keys`. If the keys are in different slots, they aren't one snapshot. */
  getMany(keys: readonly string[], options?: BackendOperationOptions): Promise<(string | null)[]>;
  /** Resolves with whether the value was written: false only if `onlyIf` prevented it. */
  set(key: string, value: string, options?: SetOptions): Promise<boolean>;
  /** Resolves with how many of the keys existed. Keys may be in different slots. */
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
   * Resolves once messages that are published from then on will arrive. The returned function ends the subscription. If it isn't
   * made by the backend's own deadline, the call rejects, and nothing of the subscription is left.
   */
  subscribe(channel: string, listener: MessageListener, options?: SubscribeOptions): Promise<() => Promise<void>>;

  /** Asks the store whether it is there. Resolves with how many milliseconds that took. */
  ping(options?: BackendOperationOptions): Promise<number>;
  /** Ends the connections that the backend made itself. Pending calls reject with `BACKEND_CLOSED`. May be called twice. */
  close(): Promise<void>;
}
