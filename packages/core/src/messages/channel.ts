import type { MessageListener } from "../backend.ts";

export interface Subscription {
  readonly listener: MessageListener;
  readonly onGap: (() => void) | undefined;
  /** Told of each command that is sent for the channel; those for several subscriptions are told to one of them. */
  readonly onSent: ((commands: number) => void) | undefined;
  /** Called once messages published from then on will arrive. */
  readonly onReady: () => void;
  ready: boolean;
}

/** The subscriptions of one backend to one channel, which the server knows as one. For backends over a network. */
export class Channel {
  readonly #subscriptions = new Set<Subscription>();
  /** Whether the connection of now has been told by the server that it listens. */
  #confirmed = false;

  get isEmpty(): boolean {
    return this.#subscriptions.size === 0;
  }

  get onSent(): Subscription["onSent"] {
    for (const { onSent } of this.#subscriptions) if (onSent) return onSent;
    return undefined;
  }

  add(subscription: Subscription): void {
    this.#subscriptions.add(subscription);
    if (this.#confirmed) makeReady(subscription);
  }

  remove(subscription: Subscription): void {
    this.#subscriptions.delete(subscription);
  }

  /** The server has confirmed it, for the first time or after the connection was lost. */
  confirm(): void {
    this.#confirmed = true;
    for (const subscription of [...this.#subscriptions]) {
      if (subscription.ready) callQuietly(subscription.onGap);
      else makeReady(subscription);
    }
  }

  lose(): void {
    this.#confirmed = false;
  }

  deliver(message: string): void {
    for (const { listener } of [...this.#subscriptions]) callQuietly(() => listener(message));
  }
}

function makeReady(subscription: Subscription): void {
  subscription.ready = true;
  subscription.onReady();
}

/** A listener's own error must not stop the others, nor the connection. */
function callQuietly(listener: (() => void) | undefined): void {
  try {
    listener?.();
  } catch {
    // The seam promises that it is swallowed.
  }
}
