import { backoffDelay } from "@keyward/core";
import { failureOfAnswer, RequestFailed, type RestFailure } from "../call/rest-failure.ts";
import { afterThisTurn } from "./after-this-turn.ts";
import type { Command } from "./command.ts";
import { KeyOrder } from "./key-order.ts";
import type { Answer, Transport } from "./rest-transport.ts";
import { Sending, type SendingDetails } from "./sending.ts";
import { WaitingLine } from "./waiting-line.ts";

/** So many that some slow ones hold nobody up, and so few that a burst is gathered into them. */
const MOST_REQUESTS = 16;

interface Request {
  readonly sendings: readonly Sending[];
  readonly controller: AbortController;
}

/**
 * Sends commands: those of one turn of the event loop in one request, in order, and each of them once, unless it is
 * certain that it had no effect.
 */
export class RequestQueue {
  readonly #transport: Transport;
  readonly #line = new WaitingLine();
  readonly #order = new KeyOrder();
  readonly #underWay = new Set<Request>();
  #isScheduled = false;
  #nextTry: ReturnType<typeof setTimeout> | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  send(command: Command, details: SendingDetails): Sending {
    const sending = new Sending(command, details, (stopped) => this.#giveUp(stopped));
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
    while (this.#underWay.size < MOST_REQUESTS) {
      const sendings = this.#line.take(this.#order, performance.now());
      if (sendings.length === 0) break;
      void this.#carry({ sendings, controller: new AbortController() });
    }
    clearTimeout(this.#nextTry);
    const nextTryAt = this.#line.nextTryAt();
    if (nextTryAt === Number.POSITIVE_INFINITY) return;
    this.#nextTry = setTimeout(() => this.#schedule(), Math.max(0, nextTryAt - performance.now()));
  }

  async #carry(request: Request): Promise<void> {
    const commands = request.sendings.map(({ command }) => command);
    this.#underWay.add(request);
    for (const command of commands) this.#order.enter(command);
    try {
      const unready = commands.flatMap(({ script }) => script?.ready ?? []);
      if (unready.length > 0) await Promise.all(unready);
      this.#line.putBack(await this.#exchange(request));
    } finally {
      this.#underWay.delete(request);
      for (const command of commands) this.#order.leave(command);
      this.#schedule();
    }
  }

  /** @returns what has to be sent (again). */
  async #exchange({ sendings, controller }: Request): Promise<Sending[]> {
    const live = sendings.filter(({ state }) => state !== "over");
    if (live.length === 0) return [];
    for (const sending of live) sending.leave();
    const sentAt = performance.now();
    let answers: readonly Answer[];
    try {
      answers = await this.#transport.send(
        live.map(({ command }) => command),
        controller.signal,
      );
    } catch (error) {
      const failure = error instanceof RequestFailed ? error.failure : unforeseen;
      const tookMs = performance.now() - sentAt;
      return live.filter((sending) => sending.state !== "over" && isTriedAgain(sending, failure, tookMs));
    }
    const tookMs = performance.now() - sentAt;
    return live.filter((sending, place) => {
      return isAnsweredAgain(sending, answers[place] as Answer, tookMs);
    });
  }

  /** Nobody waits for it any more. A request that nobody at all waits for is dropped, which frees its connection. */
  #giveUp(sending: Sending): void {
    this.#line.remove(sending);
    for (const { sendings, controller } of this.#underWay) {
      if (sendings.includes(sending) && sendings.every(({ state }) => state === "over")) controller.abort();
    }
  }
}

/** Whether the answer has the command, or another in its place, sent (again). Also for one that nobody waits for: what the answer says of a script is worth knowing. */
function isAnsweredAgain(sending: Sending, { error, result }: Answer, tookMs: number): boolean {
  const { script } = sending.command;
  const instead = script?.answered(error);
  if (sending.state === "over") return false;
  if (instead) {
    sending.state = "waiting";
    sending.command = instead;
    return true;
  }
  if (error !== undefined) {
    return isTriedAgain(sending, failureOfAnswer(error, script !== undefined, script?.linesBefore ?? 0), tookMs);
  }
  sending.succeed(result);
  return false;
}

function isTriedAgain(sending: Sending, failure: RestFailure, tookMs: number): boolean {
  const isHarmless = failure.outcome === "not-applied" || sending.command.effect === "none";
  const delayMs = backoffDelay(sending.failedTries + 1, 25, 400);
  // With less time left than an answer takes, a write would end in doubt; without it, knowing that nothing was applied.
  const isTooLate = sending.command.effect === "write" && performance.now() + delayMs + 2 * tookMs > sending.deadlineAt;
  if (!failure.retryable || failure.isLasting || !isHarmless || isTooLate) {
    sending.fail(failure);
    return false;
  }
  sending.state = "waiting";
  sending.lastFailure = failure;
  sending.failedTries += 1;
  sending.notBefore = performance.now() + delayMs;
  return true;
}

const unforeseen: RestFailure = {
  code: "BACKEND_UNAVAILABLE",
  outcome: "unknown",
  retryable: false,
  reason: "the request failed",
};
