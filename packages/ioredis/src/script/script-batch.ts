import { isErrorReply } from "../call/reply-code.ts";
import { releaseWrites } from "../client/batch-writes.ts";
import type { CommandTracker, TrackedCommand } from "../client/tracked-command.ts";
import { isRefusedTogether, RefusedTogether } from "./refused-together.ts";
import type { ScriptCall } from "./script-call.ts";
import { mergedCommand, scriptCommand } from "./script-command.ts";
import { ScriptShare } from "./script-share.ts";

/** How much one command may carry. Others wait for it, and a call's deadline only allows for what the call itself sends. */
const mostCalls = 16;
const mostCharacters = 4_096;

/** Calls of one script that travel as one command. */
export class ScriptBatch {
  command: TrackedCommand | undefined;
  readonly #apart: Set<string>;
  readonly #shares: ScriptShare[] = [];
  #weight = 0;

  /** @param apart the scripts whose calls are known to be accepted one by one only. A batch adds its own if it finds out */
  constructor(apart: Set<string>) {
    this.#apart = apart;
  }

  get isFull(): boolean {
    return this.#shares.length === mostCalls;
  }

  /** Whether the call may travel with those in the batch. */
  takes(call: ScriptCall): boolean {
    const [first] = this.#shares;
    if (first === undefined) return true;
    const { lua, byText, keys } = first.call;
    const isAlike = call.lua === lua && call.byText === byText && call.keys.length === keys.length;
    return isAlike && this.#weight + weightOf(call) <= mostCharacters && !this.#apart.has(lua);
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
      this.#weight -= weightOf(share.call);
    } else if (!this.command.sent) {
      // One call can't be taken out any more. The others may try again.
      this.command.cancel();
      this.fail(new Error("it was never sent"));
    }
  }

  /** Sends the calls in the batch, if there are any. */
  send(tracker: CommandTracker): void {
    // A copy, since replies come in the present order, even if a call is given up while the command is being written.
    const shares = [...this.#shares];
    const [first, ...others] = shares;
    if (first === undefined) return;
    const isAlone = others.length === 0;
    const calls = others.map(({ call }) => call);
    const [name, args] = isAlone ? scriptCommand(first.call) : mergedCommand([first.call, ...calls]);
    // One of the calls is told that the command is written.
    const onWrite = shares.find((share) => share.onWrite)?.onWrite;
    try {
      this.command = tracker.send(name, args, undefined, onWrite);
    } catch (error) {
      // If it were thrown, the caller of the next command would get it, or nobody.
      this.fail(error);
      return;
    }
    // The server can begin with this command while the next one is being made.
    if (this.isFull && this.command.socket) releaseWrites(this.command.socket);
    this.command.reply.then(
      (reply) => (isAlone ? first.answer(reply) : answerEach(shares, reply, tracker)),
      (error: unknown) => {
        if (isAlone || !isRefusedTogether(error)) return this.fail(error);
        this.#apart.add(first.call.lua);
        this.fail(new RefusedTogether());
      },
    );
  }

  fail(error: unknown): void {
    for (const share of this.#shares) share.fail(error);
  }
}

function answerEach(shares: readonly ScriptShare[], replies: unknown, tracker: CommandTracker): void {
  const list: readonly unknown[] = Array.isArray(replies) ? replies : [];
  for (const [index, share] of shares.entries()) share.answer(list[index]);
  // The client itself has only seen that the command was answered.
  list.filter(isErrorReply).some((error) => tracker.reconnectsOn(error));
}

/** An argument has some weight even if it is empty, since the server has to make it. */
function weightOf({ size, args }: ScriptCall): number {
  return size + args.length;
}
