import type { KeyValueBackend } from "@keyward/core";
import type { RedisServer } from "@keyward/test-kit";

/** A store that something can happen to, with everything between it and an app. */
export interface StagedStore {
  readonly redis: RedisServer;
  /** Makes the backend of another instance of the app, without a fallback around it. */
  open(timeoutMs: number): KeyValueBackend;
  stop(): Promise<void>;
}

/** Something that happens to a store and lasts until it is mended. */
export interface Fault<Store extends StagedStore> {
  /** What the tests and `docs/faults.md` call it. */
  readonly name: string;
  /**
   * The app's deadline, in milliseconds: short if nothing is answered, so that waiting shows; long if some calls are answered, so
   * that only the fault decides which.
   */
  readonly timeoutMs: number;
  happen(store: Store): Promise<void> | void;
  mend(store: Store): Promise<void> | void;
}
