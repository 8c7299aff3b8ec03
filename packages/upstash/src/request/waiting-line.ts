import type { KeyOrder } from "./key-order.ts";
import type { Sending } from "./sending.ts";

/** Far more than a burst has, and few enough that one reply is read quickly. */
const mostCommands = 500;
/** What every plan has always taken in one request, and so little that nothing small waits for a lot to be carried. */
const mostBytes = 1_000_000;

/** Commands that haven't left yet, in the order in which they were asked for. */
export class WaitingLine {
  #line: Sending[] = [];

  append(sending: Sending): void {
    this.#line.push(sending);
  }

  /** Puts back what has to be sent (again), before all that came later. */
  putBack(sendings: readonly Sending[]): void {
    if (sendings.length > 0) this.#line = [...sendings, ...this.#line];
  }

  /**
   * Takes what may leave together now, and forgets what nobody waits for any more. Whatever can't leave
   * holds back what comes after it on the same keys. A command that
   * is too large to go with others goes alone.
   */
  take(order: KeyOrder, now: number): Sending[] {
    const taken: Sending[] = [];
    const kept: Sending[] = [];
    const heldKeys = new Set<string>();
    let size = 0;
    let isFull = false;
    for (const sending of this.#line) {
      if (sending.state === "over") continue;
      const { command } = sending;
      isFull ||= taken.length > 0 && (taken.length >= mostCommands || size + command.size > mostBytes);
      const waits = isFull || sending.notBefore > now || order.mustWait(command) || touches(command.keys, heldKeys);
      (waits ? kept : taken).push(sending);
      if (!waits) size += command.size;
      // A script that the server may not know would run after what follows it in the same request.
      if (waits || command.script?.isProven === false) for (const key of command.keys) heldKeys.add(key);
    }
    this.#line = kept;
    return taken;
  }

  /** Forgets what nobody waits for any more, as taking does: for while nothing may be taken. */
  forget(): void {
    this.#line = this.#line.filter(({ state }) => state !== "over");
  }

  /** When the first of those that have to wait for another try may have it; what only waits for others isn't counted. */
  nextTryAfter(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { notBefore } of this.#line) if (notBefore > now && notBefore < next) next = notBefore;
    return next;
  }
}

function touches(keys: readonly string[], held: ReadonlySet<string>): boolean {
  return held.size > 0 && keys.some((key) => held.has(key));
}
