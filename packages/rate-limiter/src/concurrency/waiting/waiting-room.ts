import { createKeyspace, endsWithRequest, type KeyValueBackend, startUnreferencedTimer } from "@keyward/core";
import { Waiter } from "./waiter.ts";

/** How long to keep the subscription once nobody waits. Not for good, since it may keep the process alive. */
const lingerMs = 10_000;

/**
 * All attempts that wait in this process, and the one subscription that calls them. A message holds nothing but their ids.
 *
 * A call is only a hint: an attempt that is called asks the store, and one that isn't asks now and then all the same. In
 * Workers nobody is called, since one request can't wake another.
 */
export class WaitingRoom {
  readonly #backend: KeyValueBackend;
  readonly #channel: string;
  readonly #waiters = new Map<string, Waiter>();
  #listening: "no" | "beginning" | "yes" = "no";
  #leave: (() => Promise<void>) | undefined;
  #linger: ReturnType<typeof setTimeout> | undefined;

  /** @param name of the limiter, all instances of which share one channel */
  constructor(backend: KeyValueBackend, name: string) {
    this.#backend = backend;
    this.#channel = createKeyspace({ feature: "concurrency-limiter" }).channel(name);
  }

  /** Whether an attempt hears at once that its turn has come. */
  get isListening(): boolean {
    return this.#listening === "yes";
  }

  enter(id: string): Waiter {
    clearTimeout(this.#linger);
    const waiter = new Waiter();
    this.#waiters.set(id, waiter);
    return waiter;
  }

  leave(id: string): void {
    this.#waiters.delete(id);
    if (this.#waiters.size === 0) this.#lingerOn();
  }

  /** Subscribes, if the backend can push. Not waited for: until it is done, attempts ask more often. */
  listen(): void {
    if (this.#listening !== "no" || !this.#backend.capabilities.push || endsWithRequest()) return;
    this.#listening = "beginning";
    this.#backend
      .subscribe(this.#channel, (message) => this.#call(message.split(" ")), { onGap: () => this.#callAll() })
      .then(
        (leave) => {
          this.#listening = "yes";
          this.#leave = leave;
          // Calls that came before the subscription weren't heard.
          this.#callAll();
          if (this.#waiters.size === 0) this.#lingerOn();
        },
        () => {
          this.#listening = "no";
        },
      );
  }

  /** Calls the attempts whose turn it is, wherever they wait. Never rejects: they would find out by themselves. */
  async announce(ids: readonly string[]): Promise<void> {
    const elsewhere = this.#call(ids);
    if (elsewhere.length === 0 || !this.#backend.capabilities.push) return;
    await this.#backend.publish(this.#channel, elsewhere.join(" ")).catch(() => undefined);
  }

  /** @returns the ids of those that don't wait in this process */
  #call(ids: readonly string[]): string[] {
    if (endsWithRequest()) return [...ids];
    for (const id of ids) this.#waiters.get(id)?.call();
    return ids.filter((id) => !this.#waiters.has(id));
  }

  #callAll(): void {
    for (const waiter of this.#waiters.values()) waiter.call();
  }

  #lingerOn(): void {
    clearTimeout(this.#linger);
    if (this.#listening !== "yes") return;
    this.#linger = startUnreferencedTimer(() => {
      this.#listening = "no";
      this.#leave?.().catch(() => undefined);
    }, lingerMs);
  }
}
