import { tellSent } from "@keyward/core";
import type { Attempt } from "../call/attempt.ts";
import { RequestFailed, type RestFailure } from "../call/rest-failure.ts";
import type { Command } from "./command.ts";

export interface SendingDetails {
  /** When the answer is due, by `performance.now()`. */
  readonly deadlineAt: number;
  readonly onSent: ((commands: number) => void) | undefined;
}

/** A request that carries commands. */
export interface Carrier {
  readonly controller: AbortController;
  /** For how many of its commands somebody is waiting. */
  awaited: number;
}

/** One command on its way: waiting, with the server, or over. */
export class Sending implements Attempt {
  readonly reply: Promise<unknown>;
  readonly deadlineAt: number;
  command: Command;
  state: "waiting" | "sent" | "over" = "waiting";
  lastFailure: RestFailure | undefined;
  /** How many tries have failed. */
  failedTries = 0;
  /** When it may be tried again. */
  notBefore = 0;
  readonly #onSent: ((commands: number) => void) | undefined;
  readonly #onStop: () => void;
  #carrier: Carrier | undefined;
  #resolve: (reply: unknown) => void = () => {};
  #reject: (error: RequestFailed) => void = () => {};

  constructor(command: Command, { deadlineAt, onSent }: SendingDetails, onStop: () => void) {
    this.command = command;
    this.deadlineAt = deadlineAt;
    this.#onSent = onSent;
    this.#onStop = onStop;
    this.reply = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get isSent(): boolean {
    return this.state === "sent";
  }

  /** To be called when the command leaves. */
  leave(carrier: Carrier): void {
    this.state = "sent";
    this.#carrier = carrier;
    tellSent(this.#onSent);
  }

  succeed(reply: unknown): void {
    this.state = "over";
    this.#resolve(reply);
  }

  fail(failure: RestFailure): void {
    this.state = "over";
    this.#reject(new RequestFailed(failure));
  }

  /** To be called when the command, or another one instead, has to be sent (again), not before a given time. */
  wait(notBefore: number): void {
    this.state = "waiting";
    this.#carrier = undefined;
    this.notBefore = notBefore;
  }

  /** To be called when nobody waits for it any more. A request for which nobody is waiting is dropped, to free its connection. */
  stop(): void {
    if (this.state === "over") return;
    this.state = "over";
    this.#onStop();
    if (!this.#carrier) return;
    this.#carrier.awaited -= 1;
    if (this.#carrier.awaited === 0) this.#carrier.controller.abort();
  }
}
