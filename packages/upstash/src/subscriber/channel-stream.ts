import { backoffDelay, Channel, decodeMessage, tellSent } from "@keyward/core";
import { connectionFailure } from "../call/connection-failure.ts";
import { failureOfStatus, RequestFailed, type RestFailure } from "../call/rest-failure.ts";
import type { AddressSource } from "../options.ts";
import { post } from "../request/post.ts";
import { readEventLines } from "./event-lines.ts";
import type { SubscribeAttempt } from "./subscribe-attempt.ts";

/** How long the server may take to confirm the subscription. */
const patienceMs = 5_000;
/**
 * How long a stream may be silent. The service sends no sign of life, so a quiet stream can't be distinguished from a dead one.
 * Node itself gives up a body after 5 minutes.
 */
const silenceMs = 4 * 60_000;
const longestPauseMs = 10_000;

/** One channel: its subscriptions, and the stream that brings their messages, which is opened again whenever it ends. */
export class ChannelStream {
  readonly #address: AddressSource;
  readonly #name: string;
  readonly #channel = new Channel();
  readonly #subscriptions = new Set<SubscribeAttempt>();
  readonly #ended = new AbortController();
  #failures = 0;
  /** When the present stream was confirmed, by `performance.now()`. */
  #standsSince = Number.POSITIVE_INFINITY;

  constructor(address: AddressSource, name: string) {
    this.#address = address;
    this.#name = name;
  }

  get isEmpty(): boolean {
    return this.#channel.isEmpty;
  }

  add(subscription: SubscribeAttempt): void {
    const isFirst = this.#subscriptions.size === 0;
    this.#subscriptions.add(subscription);
    this.#channel.add(subscription);
    if (isFirst) void this.#keepUp();
  }

  remove(subscription: SubscribeAttempt): void {
    this.#subscriptions.delete(subscription);
    this.#channel.remove(subscription);
  }

  end(): void {
    this.#ended.abort();
  }

  async #keepUp(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      const failure = await this.#listen();
      this.#channel.lose();
      if (signal.aborted) return;
      // A stream that ends soon after it stands isn't a success, since each one is billed.
      const isSteady = performance.now() - this.#standsSince > longestPauseMs;
      this.#failures = isSteady ? 1 : this.#failures + 1;
      this.#standsSince = Number.POSITIVE_INFINITY;
      for (const subscription of this.#subscriptions) if (!subscription.ready) subscription.fail(failure);
      await pause(backoffDelay(this.#failures, 50, longestPauseMs), signal);
    }
  }

  /** Opens a stream. When it has ended, resolves with the reason. */
  async #listen(): Promise<RestFailure> {
    const stream = new AbortController();
    const stop = () => stream.abort();
    let patience = setTimeout(stop, patienceMs);
    const wait = (milliseconds: number) => {
      clearTimeout(patience);
      patience = setTimeout(stop, milliseconds);
    };
    this.#ended.signal.addEventListener("abort", stop);
    try {
      tellSent(this.#channel.onSent);
      const body = await this.#open(stream.signal);
      for await (const line of readEventLines(body, () => wait(silenceMs))) this.#receive(line);
      return lost;
    } catch (error) {
      return error instanceof RequestFailed ? error.failure : connectionFailure(error);
    } finally {
      clearTimeout(patience);
      this.#ended.signal.removeEventListener("abort", stop);
      stop();
    }
  }

  async #open(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const { url, token } = this.#address;
    const response = await post({
      url: `${url}/subscribe/${encodeURIComponent(this.#name)}`,
      token,
      headers: { Accept: "text/event-stream" },
      signal,
    });
    if (!response.ok) {
      const text = await response.text().catch(() => "");
      throw new RequestFailed(failureOfStatus(response.status, text));
    }
    return response.body as ReadableStream<Uint8Array>;
  }

  #receive(line: string): void {
    // Compares with the name that was asked for, because a name may contain commas.
    const message = `message,${this.#name},`;
    if (line.startsWith(message)) this.#channel.deliver(decodeMessage(line.slice(message.length)));
    else if (line.startsWith(`subscribe,${this.#name},`)) {
      this.#standsSince = performance.now();
      this.#channel.confirm();
    }
  }
}

const lost: RestFailure = {
  code: "BACKEND_UNAVAILABLE",
  outcome: "not-applied",
  retryable: true,
  reason: "the server ended the stream",
};

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}
