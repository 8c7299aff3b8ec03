import { releaseWrites } from "../client/batch-writes.ts";
import type { CommandTracker, TrackedCommand } from "../client/tracked-command.ts";
import type { ScriptCall } from "./script-call.ts";
import { mergedCommand, scriptCommand } from "./script-command.ts";
import { ScriptShare } from "./script-share.ts";

/** How much one command may carry: others wait for it, and a call's deadline knows only what the call itself sends. */
const MOST_CALLS = 16;
const MOST_CHARACTERS = 4_096;

/** Calls of one script that travel as one command. */
export class ScriptBatch {
  command: TrackedCommand | undefined;
  readonly #shares: ScriptShare[] = [];
  #weight = 0;

  get isFull(): boolean {
    return this.#shares.length === MOST_CALLS;
  }

  /** Whether the call may travel with those that are in it. */
  takes(call: ScriptCall): boolean {
    const [first] = this.#shares;
    if (first === undefined) return true;
    const { lua, byText, keys } = first.call;
    const isAlike = call.lua === lua && call.byText === byText && call.keys.length === keys.length;
    return isAlike && this.#weight + weightOf(call) <= MOST_CHARACTERS;
  }

  add(call: ScriptCall, onWrite: (() => void) | undefined): ScriptShare {
    const share = new ScriptShare(call, onWrite, this);
    this.#shares.push(share);
    this.#weight += weightOf(call);
    return share;
  }

  drop(share: ScriptShare): void {
    if (this.command === undefined) {
      this.#shares.splice(this.#shares.indexOf(share), 1);
    } else if (!this.command.sent) {
      // It can't be taken out any more. The others may try again.
      this.command.cancel();
      this.fail(new Error("it was left unsent"));
    }
  }

  /** Sends what is in it, if anything is. */
  send(tracker: CommandTracker): void {
    const [first, ...others] = this.#shares;
    if (first === undefined) return;
    const isAlone = others.length === 0;
    const calls = others.map(({ call }) => call);
    const [name, args] = isAlone ? scriptCommand(first.call) : mergedCommand([first.call, ...calls]);
    // Of those in it one is told that the command is written.
    this.command = tracker.send(name, args, undefined, first.onWrite);
    // The server can begin with it while the next one is made.
    if (this.isFull && this.command.socket) releaseWrites(this.command.socket);
    this.command.reply.then(
      (reply) => this.#answer(isAlone ? [reply] : reply),
      (error: unknown) => this.fail(error),
    );
  }

  #answer(replies: unknown): void {
    const list: readonly unknown[] = Array.isArray(replies) ? replies : [];
    for (const [index, share] of this.#shares.entries()) share.answer(list[index]);
  }

  fail(error: unknown): void {
    for (const share of this.#shares) share.fail(error);
  }
}

/** An argument weighs something even if it is empty: a server makes one at a time. */
function weightOf({ size, args }: ScriptCall): number {
  return size + args.length;
}
