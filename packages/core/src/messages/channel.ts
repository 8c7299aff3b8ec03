import type { MessageListener } from "../backend.ts";

export interface Subscription {
  readonly listener: MessageListener;
  readonly onGap: (() => void) | undefined;
  /** Told of each command that is sent for the channel. If a command serves several subscriptions, one of them is told. */
  readonly onSent: ((commands: number) => void) | undefined;
  /** Called once messages published from then on will arrive. */
  readonly onReady: () => void;
  ready: boolean;
}

/** All subscriptions of a backend to one channel, which are one to the server. For backends over a network. */
export class Channel {
  readonly #subscriptions = new Set<Subscription>();
  /** Whether the server has confirmed the subscription on the present connection. */
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

  /** To be called when the server has confirmed the subscription, for the first time or on a new connection. */
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
    // `MessageListener` promises that errors are ignored.
  }
}
