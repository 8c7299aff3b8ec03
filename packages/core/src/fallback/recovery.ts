import type { KeyValueBackend } from "../backend.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { KeywardError } from "../errors/keyward-error.ts";
import type { CallWatch, Watched } from "./call-watch.ts";

/** What a hook is told about the outage that is over. */
export interface Outage {
  /** What was written to memory meanwhile. Dropped when all hooks are done. */
  readonly local: KeyValueBackend;
  readonly outageMs: number;
}

/** Carries over what a feature kept in memory while the store was away. By then the store is in use again. */
export type RecoveryHook = (outage: Outage) => void | Promise<void>;

/** How long hooks may take. After that, what they were working on is dropped. */
const patienceMs = 10_000;

/** Calls the hooks of all features after an outage: all at once, so that none can delay or fail another. */
export class Recovery {
  readonly #hooks = new Set<{ readonly hook: RecoveryHook }>();
  readonly #watch: CallWatch;
  readonly #onFailure: (error: string) => void;

  constructor(watch: CallWatch, onFailure: (error: string) => void) {
    this.#watch = watch;
    this.#onFailure = onFailure;
  }

  /** Returns a function that removes the hook. @throws {ConfigurationError} unless it is a function. */
  add(hook: RecoveryHook): () => void {
    if (typeof hook !== "function") throw new ConfigurationError("hook", "must be a function that takes an outage");
    const entry = { hook };
    this.#hooks.add(entry);
    return () => void this.#hooks.delete(entry);
  }

  /** Resolves when every hook has ended or has used up its time. */
  async run(outage: Outage): Promise<void> {
    await Promise.all([...this.#hooks].map(({ hook }) => this.#call(hook, outage)));
  }

  #call(hook: RecoveryHook, outage: Outage): Promise<void> {
    return new Promise((resolve) => {
      const now = performance.now();
      const end = (failure?: string) => {
        this.#watch.delete(watched);
        if (failure !== undefined) this.#onFailure(failure);
        resolve();
      };
      const watched: Watched = {
        dueAt: now + patienceMs,
        previous: undefined,
        next: undefined,
        expire: () => end("timeout"),
        abandon: () => end(),
      };
      this.#watch.add(watched, now);
      if (!this.#watch.has(watched)) return;
      Promise.resolve(outage)
        .then(hook)
        .then(
          () => this.#watch.has(watched) && end(),
          (error: unknown) => this.#watch.has(watched) && end(nameOf(error)),
        );
    });
  }
}

function nameOf(error: unknown): string {
  if (KeywardError.is(error)) return error.code;
  return error instanceof Error ? error.name : typeof error;
}
