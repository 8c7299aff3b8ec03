/** What a process that works in slots has to do. */
export interface SlotTask {
  /** The address of the slots' server, by a connection that may fail. */
  readonly url: string;
  /** The address of the same server, by a connection that doesn't. */
  readonly serverUrl: string;
  /** The key whose slots are used. The server also counts under this name how many are running. */
  readonly key: string;
  readonly limit: number;
  readonly lease: `${number}s`;
  /** How many pieces of work are under way at once. */
  readonly atOnce: number;
  /** Work until it is told to stop, or keep one slot for ever. */
  readonly mode: "work" | "keep";
}

/** What such a process reports. */
export type SlotMessage =
  /** It has a slot, and so many are running now, this one included. */
  | { readonly kind: "running"; readonly running: number }
  /** The store couldn't be reached, or the slot was lost while the work ran. */
  | { readonly kind: "failed"; readonly code: string };
