import type { CommandTracker, TrackedCommand } from "../client/tracked-command.ts";
import { ScriptBatch } from "./script-batch.ts";
import type { ScriptCall } from "./script-call.ts";

/**
 * Sends calls of one script that are issued together as one command: the server looks it up and sets it up once, the client
 * makes and reads one command. Each call is a step by itself all the same, and fails by itself.
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

  /** The call is sent by the end of the code that runs now, and of all that waits for the replies of one read. */
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

  /** Sends what waits now: before any other command, so that all leave in the order in which they were issued. */
  flush(): void {
    const batch = this.#batch;
    this.#batch = new ScriptBatch(this.#apart);
    if (this.#connection.isReady) batch.send(this.#tracker);
    else batch.fail(new Error("the connection was lost"));
  }
}
