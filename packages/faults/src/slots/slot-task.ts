/** What a process that works in slots is told when it is started. */
export interface SlotTask {
  /** Where slots are, by a way that may fail. */
  readonly url: string;
  /** The same server, by a way that doesn't. */
  readonly serverUrl: string;
  /** Whose slots. Under its name the server also counts who runs. */
  readonly key: string;
  readonly limit: number;
  readonly lease: `${number}s`;
  /** Pieces of work under way at once. */
  readonly atOnce: number;
  /** Work until it is told to stop, or keep one slot for ever. */
  readonly mode: "work" | "keep";
}

/** What such a process says. */
export type SlotMessage =
  /** It has a slot; so many run now, this one counted. */
  | { readonly kind: "running"; readonly running: number }
  /** The store couldn't be asked, or the slot was lost while it ran. */
  | { readonly kind: "failed"; readonly code: string };
