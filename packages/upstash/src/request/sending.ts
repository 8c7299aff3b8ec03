import type { Attempt } from "../call/attempt.ts";
import { RequestFailed, type RestFailure } from "../call/rest-failure.ts";
import type { Command } from "./command.ts";

export interface SendingDetails {
  /** When the answer has to be there, by `performance.now()`. */
  readonly deadlineAt: number;
  readonly onSent: ((commands: number) => void) | undefined;
}

/** One command on its way: waiting, with the server, or over. */
export class Sending implements Attempt {
  readonly reply: Promise<unknown>;
  readonly deadlineAt: number;
  command: Command;
  state: "waiting" | "sent" | "over" = "waiting";
  lastFailure: RestFailure | undefined;
  /** How many tries have come to nothing. */
  failedTries = 0;
  /** When it may be tried again. */
  notBefore = 0;
  readonly #onSent: ((commands: number) => void) | undefined;
  readonly #onStop: (sending: Sending) => void;
  #resolve: (reply: unknown) => void = () => {};
  #reject: (error: RequestFailed) => void = () => {};

  constructor(command: Command, { deadlineAt, onSent }: SendingDetails, onStop: (sending: Sending) => void) {
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

  /** It leaves now. */
  leave(): void {
    this.state = "sent";
    try {
      this.#onSent?.(1);
    } catch {
      // Whoever counts can't keep a command from being sent.
    }
  }

  succeed(reply: unknown): void {
    this.state = "over";
    this.#resolve(reply);
  }

  fail(failure: RestFailure): void {
    this.state = "over";
    this.#reject(new RequestFailed(failure));
  }

  stop(): void {
    if (this.state === "over") return;
    this.state = "over";
    this.#onStop(this);
  }
}
