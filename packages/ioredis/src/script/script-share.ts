import { isErrorReply } from "../call/reply-code.ts";
import type { CommandSocket, TrackedCommand } from "../client/tracked-command.ts";
import type { ScriptCall } from "./script-call.ts";

/** The batch that a share travels in. */
interface Carrier {
  /** Undefined until the batch is sent. */
  readonly command: TrackedCommand | undefined;
  /** Takes the share out of the batch, unless it has been sent. */
  drop(share: ScriptShare): void;
}

/** One caller's share of a command that carries several calls. To the caller it is a command like any other. */
export class ScriptShare implements TrackedCommand {
  readonly call: ScriptCall;
  readonly onWrite: (() => void) | undefined;
  readonly reply: Promise<unknown>;
  readonly #carrier: Carrier;
  #resolve!: (reply: unknown) => void;
  #reject!: (error: unknown) => void;

  constructor(call: ScriptCall, onWrite: (() => void) | undefined, carrier: Carrier) {
    this.call = call;
    this.onWrite = onWrite;
    this.#carrier = carrier;
    this.reply = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get sent(): boolean {
    return this.#carrier.command?.sent === true;
  }

  get socket(): CommandSocket | undefined {
    return this.#carrier.command?.socket;
  }

  get writes(): number {
    return this.#carrier.command?.writes ?? 0;
  }

  cancel(): void {
    this.#carrier.drop(this);
  }

  /** @param reply this call's own reply. An error among the replies concerns no other call */
  answer(reply: unknown): void {
    if (isErrorReply(reply)) this.#reject(reply);
    else this.#resolve(reply);
  }

  fail(error: unknown): void {
    this.#reject(error);
  }
}
