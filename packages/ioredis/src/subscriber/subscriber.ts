import { Channel, decodeMessage, type Subscription, tellSent } from "@keyward/core";
import type { Connection } from "../client/connection.ts";
import { reconnectDelay } from "../client/safe-options.ts";
import { openSubscriber, type SubscriberClient } from "./open-subscriber.ts";

/** How often a silent connection is asked whether it is still there, and how long it may take to answer. */
const heartbeatMs = 15_000;
const heartbeatPatienceMs = 5_000;

/**
 * All subscriptions of a backend, over one connection of their own, which is made for the first of them.
 *
 * When that connection ends, another one is made, all channels are subscribed to again, and then all subscriptions are told of
 * the gap. A heartbeat finds out if the connection has gone silent without ending.
 */
export class Subscriber {
  readonly #channels = new Map<string, Channel>();
  #connection: Connection | undefined;
  #client: SubscriberClient | undefined;
  #attempts = 0;
  #reconnect: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #closed = false;

  /** Adds a subscription. Its `onReady` is called once it is in force, which may take until the store is back. */
  add(connection: Connection, name: string, subscription: Subscription): void {
    this.#connection = connection;
    const known = this.#channels.get(name);
    const channel = known ?? new Channel();
    this.#channels.set(name, channel);
    channel.add(subscription);
    if (!this.#client) this.#connect();
    else if (!known && this.#client.status === "ready") this.#listenTo(this.#client, [name]);
  }

  /** Resolves when the server has been told, or can't be. */
  async remove(name: string, subscription: Subscription): Promise<void> {
    const channel = this.#channels.get(name);
    if (!channel) return;
    channel.remove(subscription);
    if (!channel.isEmpty) return;
    this.#channels.delete(name);
    if (this.#client?.status !== "ready") return;
    tellSent(subscription.onSent);
    await this.#client.unsubscribe(name).catch(() => {});
  }

  close(): void {
    this.#closed = true;
    this.#channels.clear();
    this.#drop();
    clearTimeout(this.#reconnect);
  }

  #connect(): void {
    if (this.#closed || !this.#connection || this.#reconnect) return;
    const client = openSubscriber(this.#connection);
    this.#client = client;
    client.on("error", () => {}); // What follows from it is told by "end".
    client.on("message", (name, message) => this.#channels.get(String(name))?.deliver(decodeMessage(String(message))));
    client.once("ready", () => {
      this.#attempts = 0;
      this.#listenTo(client, [...this.#channels.keys()]);
      this.#heartbeat = setInterval(() => this.#check(client), heartbeatMs).unref();
    });
    client.once("end", () => this.#lost(client));
    client.connect().catch(() => {}); // "end" follows.
  }

  #listenTo(client: SubscriberClient, names: readonly string[]): void {
    if (names.length === 0) return;
    this.#tellSent(names);
    client.subscribe(...names).then(
      () => {
        if (client !== this.#client) return;
        for (const name of names) this.#channels.get(name)?.confirm();
      },
      () => client.disconnect(), // Begins again with another one.
    );
  }

  #check(client: SubscriberClient): void {
    const impatience = setTimeout(() => client.disconnect(), heartbeatPatienceMs).unref();
    this.#tellSent(this.#channels.keys());
    client.ping().then(
      () => clearTimeout(impatience),
      () => clearTimeout(impatience), // Lost already.
    );
  }

  /** To be called when one command has been sent for all these channels together. */
  #tellSent(names: Iterable<string>): void {
    for (const name of names) {
      const onSent = this.#channels.get(name)?.onSent;
      if (!onSent) continue;
      tellSent(onSent);
      return;
    }
  }

  #lost(client: SubscriberClient): void {
    if (client !== this.#client) return;
    this.#drop();
    for (const channel of this.#channels.values()) channel.lose();
    if (this.#closed || this.#channels.size === 0) return;
    this.#attempts += 1;
    this.#reconnect = setTimeout(() => {
      this.#reconnect = undefined;
      this.#connect();
    }, reconnectDelay(this.#attempts));
  }

  #drop(): void {
    clearInterval(this.#heartbeat);
    this.#client?.disconnect();
    this.#client = undefined;
  }
}
