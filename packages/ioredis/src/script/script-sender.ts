import type { CommandTracker, TrackedCommand } from "../client/tracked-command.ts";
import { ScriptBatch } from "./script-batch.ts";
import type { ScriptCall } from "./script-call.ts";

/**
 * Sends calls of one script that are issued together as one command, so that the server sets up the script only once, and the
 * client makes and reads only one command. Each call is still a step of its own, and fails by itself.
 */
export class ScriptSender {
  readonly #connection: { readonly isReady: boolean };
  readonly #tracker: CommandTracker;
  readonly #apart = new Set<string>();
  #batch = new ScriptBatch(this.#apart);
  #isScheduled = false;

  constructor(connection: { readonly isReady: boolean }, tracker: CommandTracker) {
    this.#connection = connection;
    this.#tracker = tracker;
  }

  /** Sends the call once the code that is running has ended, and so has all code that waited for the replies of one read. */
  send(call: ScriptCall, onWrite: (() => void) | undefined): TrackedCommand {
    if (!this.#batch.takes(call)) this.flush();
    const share = this.#batch.add(call, onWrite);
    if (this.#batch.isFull) this.flush();
    else this.#schedule();
    return share;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    process.nextTick(() => {
      this.#isScheduled = false;
      this.flush();
    });
  }

  /** Sends what is waiting. Called before any other command, so that all leave in the order in which they were issued. */
  flush(): void {
    const batch = this.#batch;
    this.#batch = new ScriptBatch(this.#apart);
    if (this.#connection.isReady) batch.send(this.#tracker);
    else batch.fail(new Error("the connection was lost"));
  }
}
