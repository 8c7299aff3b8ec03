import type { KeyValueBackend } from "@keyward/core";
import type { RedisServer } from "@keyward/test-kit";

/** A store that something can happen to, with all that stands between it and an app. */
export interface StagedStore {
  readonly redis: RedisServer;
  /** Another instance of the app's backend, with nothing around it. */
  open(timeoutMs: number): KeyValueBackend;
  stop(): Promise<void>;
}

/** Something that happens to a store, for as long as it isn't mended. */
export interface Fault<Store extends StagedStore> {
  /** As the tests and `docs/faults.md` name it. */
  readonly name: string;
  /**
   * How patient the app is, in milliseconds: short where nobody answers, so that waiting is seen; long where some are
   * answered, so that nothing but the fault decides who is.
   */
  readonly timeoutMs: number;
  happen(store: Store): Promise<void> | void;
  mend(store: Store): Promise<void> | void;
}
