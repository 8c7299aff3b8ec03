import type { AddressSource } from "../options.ts";
import { ChannelStream } from "./channel-stream.ts";
import type { SubscribeAttempt } from "./subscribe-attempt.ts";

/** All subscriptions of a backend, with one stream for each channel. */
export class Subscriber {
  readonly #address: AddressSource;
  readonly #streams = new Map<string, ChannelStream>();

  constructor(address: AddressSource) {
    this.#address = address;
  }

  add(name: string, subscription: SubscribeAttempt): void {
    const stream = this.#streams.get(name) ?? new ChannelStream(this.#address, name);
    this.#streams.set(name, stream);
    stream.add(subscription);
  }

  remove(name: string, subscription: SubscribeAttempt): void {
    const stream = this.#streams.get(name);
    if (!stream) return;
    stream.remove(subscription);
    if (!stream.isEmpty) return;
    this.#streams.delete(name);
    stream.end();
  }

  close(): void {
    for (const stream of this.#streams.values()) stream.end();
    this.#streams.clear();
  }
}
