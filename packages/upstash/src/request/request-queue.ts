import { backoffDelay } from "@keyward/core";
import { failureOfAnswer, RequestFailed, type RestFailure } from "../call/rest-failure.ts";
import { afterThisTurn } from "./after-this-turn.ts";
import type { Command } from "./command.ts";
import { KeyOrder } from "./key-order.ts";
import type { Answer, Transport } from "./rest-transport.ts";
import { Sending, type SendingDetails } from "./sending.ts";
import { WaitingLine } from "./waiting-line.ts";

/** Enough that a few slow requests delay nobody, and few enough that a burst is gathered into them. */
const mostRequests = 16;

/**
 * Sends commands. Those of one turn of the event loop go in one request, in order. Each is sent only once, unless it is certain
 * that it had no effect.
 */
export class RequestQueue {
  readonly #transport: Transport;
  readonly #line = new WaitingLine();
  readonly #order = new KeyOrder();
  #underWay = 0;
  #isScheduled = false;
  #nextTry: ReturnType<typeof setTimeout> | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  send(command: Command, details: SendingDetails): Sending {
    const sending = new Sending(command, details, () => this.#schedule());
    this.#line.append(sending);
    this.#schedule();
    return sending;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    afterThisTurn(() => {
      this.#isScheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    const now = performance.now();
    while (this.#underWay < mostRequests) {
      const sendings = this.#line.take(this.#order, now);
      if (sendings.length === 0) break;
      void this.#carry(sendings);
    }
    if (this.#underWay >= mostRequests) this.#line.forget();
    clearTimeout(this.#nextTry);
    const nextTryAt = this.#line.nextTryAfter(now);
    if (nextTryAt === Number.POSITIVE_INFINITY) return;
    this.#nextTry = setTimeout(() => this.#schedule(), nextTryAt - now);
  }

  async #carry(sendings: readonly Sending[]): Promise<void> {
    const commands = sendings.map(({ command }) => command);
    this.#underWay += 1;
    for (const command of commands) this.#order.enter(command);
    try {
      if (commands.some(({ script }) => script?.ready)) await Promise.all(sendings.map(prepare));
      this.#line.putBack(await this.#exchange(sendings.filter(({ state }) => state !== "over")));
    } finally {
      this.#underWay -= 1;
      for (const command of commands) this.#order.leave(command);
      this.#schedule();
    }
  }

  /** @returns the commands that have to be sent (again). */
  async #exchange(sendings: readonly Sending[]): Promise<Sending[]> {
    if (sendings.length === 0) return [];
    const controller = new AbortController();
    const carrier = { controller, awaited: sendings.length };
    for (const sending of sendings) sending.leave(carrier);
    const commands = sendings.map(({ command }) => command);
    const tries = Math.max(...sendings.map(({ failedTries }) => failedTries));
    const sentAt = performance.now();
    // The same instant for all, so that commands that came together stay together.
    const next = (): Pace => {
      const now = performance.now();
      return { notBefore: now + backoffDelay(tries + 1, 25, 400), tookMs: now - sentAt };
    };
    try {
      const answers = await this.#transport.send(commands, controller.signal);
      const pace = next();
      return sendings.filter((sending, place) => isSentAfter(sending, answers[place] as Answer, pace));
    } catch (error) {
      const failure = error instanceof RequestFailed ? error.failure : unforeseen;
      const pace = next();
      return sendings.filter((sending) => sending.state !== "over" && isTriedAgain(sending, failure, pace));
    }
  }
}

async function prepare(sending: Sending): Promise<void> {
  try {
    await sending.command.script?.ready;
  } catch {
    // A runtime without WebCrypto, such as a page loaded over plain HTTP, has no digest to send.
    if (sending.state !== "over") sending.fail(unprepared);
  }
}

interface Pace {
  /** When the next try may be made. */
  readonly notBefore: number;
  /** How long the latest try took. */
  readonly tookMs: number;
}

/**
 * Handles an answer, and returns whether the command, or another one instead, has to be sent (again). Answers that nobody waits
 * for any more are handled, too, because of what they say about a script.
 */
function isSentAfter(sending: Sending, { error, result }: Answer, pace: Pace): boolean {
  const { script } = sending.command;
  const instead = script?.answered(error);
  if (sending.state === "over") return false;
  if (instead) {
    sending.command = instead;
    sending.wait(0);
    return true;
  }
  if (error !== undefined) {
    return isTriedAgain(sending, failureOfAnswer(error, script !== undefined, script?.linesBefore ?? 0), pace);
  }
  sending.succeed(result);
  return false;
}

function isTriedAgain(sending: Sending, failure: RestFailure, { notBefore, tookMs }: Pace): boolean {
  const isRead = sending.command.effect === "none";
  // With less time left than an answer takes, the outcome would be unknown. If nothing is sent, it is known that nothing was applied.
  const isTooLate = !isRead && notBefore + 2 * tookMs > sending.deadlineAt;
  if (!failure.retryable || failure.isLasting || !(isRead || failure.outcome === "not-applied") || isTooLate) {
    sending.fail(failure);
    return false;
  }
  sending.lastFailure = failure;
  sending.failedTries += 1;
  sending.wait(notBefore);
  return true;
}

const unprepared: RestFailure = {
  code: "BACKEND_REJECTED",
  outcome: "not-applied",
  retryable: false,
  reason: "this runtime has no crypto.subtle to work out a script's digest",
};

const unforeseen: RestFailure = {
  code: "BACKEND_UNAVAILABLE",
  outcome: "unknown",
  retryable: false,
  reason: "the request failed",
};
