import type { KeyValueBackend } from "../backend.ts";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { windowMs } from "./error-window.ts";

/**
 * The memory that operations fall back to, made when it is first needed, and anew after each outage.
 *
 * Single failures between outages are answered from it as well. What these leave behind is dropped after a while, however
 * often it has been used since, because a state from hours ago would be worse than none.
 */
export class LocalStore {
  readonly #create: () => KeyValueBackend;
  #backend: KeyValueBackend | undefined;
  #madeAt = 0;

  constructor(create: () => KeyValueBackend) {
    this.#create = create;
  }

  /** @param trippedAt when the present outage began, if there is one. While it lasts, nothing is dropped */
  use(nowMs: number, trippedAt: number | undefined): KeyValueBackend {
    // Not waited for, since nothing depends on it.
    if (this.#backend && (trippedAt ?? nowMs) - this.#madeAt > windowMs) this.drop().catch(() => {});
    if (!this.#backend) {
      this.#backend = this.#create();
      this.#madeAt = nowMs;
    }
    return this.#backend;
  }

  /** Hands over the memory, even if it is empty, for the caller to close. The next use makes another. */
  take(): KeyValueBackend {
    const backend = this.#backend ?? createMemoryBackend();
    this.#backend = undefined;
    return backend;
  }

  async drop(): Promise<void> {
    const backend = this.#backend;
    this.#backend = undefined;
    await backend?.close();
  }
}
