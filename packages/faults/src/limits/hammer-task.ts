import type { StoreAddress } from "../load/instance-task.ts";

/** What a process that hammers a key has to do. */
export interface HammerTask {
  readonly store: StoreAddress;
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly expectedInstances: number;
  /**
   * Whether it asks the store at every check. Otherwise it remembers refusals and leaves a failing store alone, as a limiter does
   * by default.
   */
  readonly isStubborn: boolean;
}

/** A call that was let through. */
export interface Admission {
  readonly origin: "store" | "local";
  /** By the clock of the store or of the process, which on one machine is the same. */
  readonly takenAt: number;
}

/** What a process has seen since its last message. */
export interface HammerMessage {
  readonly admissions: readonly Admission[];
  /** Checks that the store decided, or that were decided in its place. */
  readonly decided: number;
  /** Whether the last of them was decided in its place. */
  readonly isWithoutStore: boolean;
}
