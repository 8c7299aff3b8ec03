import type { MessageListener } from "../backend.ts";

/** Messages within this process. Each listener gets them one at a time and in order, after the publisher has gone on. */
export class ChannelHub {
  readonly #channels = new Map<string, Set<Subscription>>();

  publish(channel: string, message: string): void {
    for (const subscription of this.#channels.get(channel) ?? []) subscription.deliver(message);
  }

  /** Returns a function that ends the subscription, after which messages that are still on their way are dropped. */
  subscribe(channel: string, listener: MessageListener): () => void {
    const subscriptions = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, subscriptions);
    const subscription = new Subscription(listener);
    subscriptions.add(subscription);
    return () => {
      subscription.end();
      subscriptions.delete(subscription);
      if (subscriptions.size === 0 && this.#channels.get(channel) === subscriptions) this.#channels.delete(channel);
    };
  }

  close(): void {
    for (const subscriptions of this.#channels.values()) {
      for (const subscription of subscriptions) subscription.end();
    }
    this.#channels.clear();
  }
}

class Subscription {
  readonly #listener: MessageListener;
  #ended = false;

  constructor(listener: MessageListener) {
    this.#listener = listener;
  }

  /** Microtasks run in the order they were queued, so messages arrive in the order they were sent. */
  deliver(message: string): void {
    queueMicrotask(() => {
      if (this.#ended) return;
      try {
        const returned: unknown = this.#listener(message);
        // An async function fits the type too, and its rejection must not end the process.
        if (returned instanceof Promise) returned.catch(() => undefined);
      } catch {
        // A listener can't break the backend.
      }
    });
  }

  end(): void {
    this.#ended = true;
  }
}
