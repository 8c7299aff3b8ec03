import type { MessageListener, Subscription } from "@keyward/core";
import type { Attempt } from "../call/attempt.ts";
import { RequestFailed, type RestFailure } from "../call/rest-failure.ts";

export interface SubscriptionDetails {
  readonly listener: MessageListener;
  readonly onGap: (() => void) | undefined;
  readonly onSent: ((commands: number) => void) | undefined;
}

/** A subscription, and the wait until it is confirmed. */
export class SubscribeAttempt implements Attempt, Subscription {
  readonly reply: Promise<void>;
  readonly isSent = false;
  readonly listener: MessageListener;
  readonly onGap: (() => void) | undefined;
  readonly onSent: ((commands: number) => void) | undefined;
  ready = false;
  lastFailure: RestFailure | undefined;
  onReady: () => void = () => {};
  #reject: (error: RequestFailed) => void = () => {};

  constructor({ listener, onGap, onSent }: SubscriptionDetails) {
    this.listener = listener;
    this.onGap = onGap;
    this.onSent = onSent;
    this.reply = new Promise((resolve, reject) => {
      this.onReady = resolve;
      this.#reject = reject;
    });
  }

  /** To be called when opening the stream has failed. It is tried again, which helps against some failures. */
  fail(failure: RestFailure): void {
    this.lastFailure = failure;
    if (!failure.retryable || failure.isLasting) this.#reject(new RequestFailed(failure));
  }

  /** Lets the caller continue, or ends the subscription. */
  stop(): void {}
}
