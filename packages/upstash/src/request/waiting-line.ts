import type { KeyOrder } from "./key-order.ts";
import type { Sending } from "./sending.ts";

/** Far more commands than a burst has, and few enough for one reply to be read quickly. */
const mostCommands = 500;
/** Every plan has always accepted this much in one request. It is little enough that small commands don't wait for large ones. */
const mostBytes = 1_000_000;

/** Commands that haven't left yet, in the order in which they were called. */
export class WaitingLine {
  #line: Sending[] = [];

  append(sending: Sending): void {
    this.#line.push(sending);
  }

  /** Puts back commands that have to be sent (again), before all later ones. */
  putBack(sendings: readonly Sending[]): void {
    if (sendings.length > 0) this.#line = [...sendings, ...this.#line];
  }

  /**
   * Takes the commands that may leave together now, and forgets those that nobody waits for any more. A command that can't
   * leave holds back later ones on the same keys. A command that is too large to go with others goes alone.
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
      // If the server doesn't know the script, it would run after the commands that follow it in the same request.
      if (waits || command.script?.isProven === false) for (const key of command.keys) heldKeys.add(key);
    }
    this.#line = kept;
    return taken;
  }

  /** Forgets what nobody waits for any more, like taking, for times when nothing may be taken. */
  forget(): void {
    this.#line = this.#line.filter(({ state }) => state !== "over");
  }

  /** When the first command that waits for another try may be sent. Commands that only wait for others don't count. */
  nextTryAfter(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { notBefore } of this.#line) if (notBefore > now && notBefore < next) next = notBefore;
    return next;
  }
}

function touches(keys: readonly string[], held: ReadonlySet<string>): boolean {
  return held.size > 0 && keys.some((key) => held.has(key));
}
