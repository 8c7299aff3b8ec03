import { isRefusedUnexecuted } from "@keyward/core";
import { replyCode } from "../call/reply-code.ts";
import { batchWrites, type CorkableSocket } from "./batch-writes.ts";
import type { IoredisClient } from "./ioredis-client.ts";

/** A command on its way, and what is known of its whereabouts. */
export interface TrackedCommand {
  readonly reply: Promise<unknown>;
  /** Whether its bytes have been given to a socket and no reply has said since that the server didn't run it. */
  readonly sent: boolean;
  /** The socket it was last written to. */
  readonly socket: CommandSocket | undefined;
  /** How many times it has been written: a Cluster's redirections write it again. */
  readonly writes: number;
  /**
   * Keeps it from being sent from now on. ioredis can't take a command out of its queues; one that comes up to be
   * written after this, or once more, sends a PING in its place: replies still match and nothing is applied late.
   */
  cancel(): void;
}

export interface CommandSocket extends CorkableSocket {
  readonly bytesRead: number;
  destroy(): unknown;
}

/** The parts of ioredis's Command that are the same in versions 5 and 6. */
interface Command {
  /** Worked out from the command's first key unless it is set. */
  slot?: number | null;
  reject(error: unknown): void;
  toWritable(socket: unknown): string | Uint8Array;
}

interface Sender {
  sendCommand(command: Command): Promise<unknown>;
  call(name: string, args: readonly string[]): Promise<unknown>;
}

type ReconnectOnError = ((error: Error) => unknown) | null;

const ping = "*1\r\n$4\r\nPING\r\n";

/** Sends commands over a client, and knows of each whether it was written. */
export class CommandTracker {
  readonly #client: IoredisClient;
  readonly #sender: Sender;
  #next: Tracked | undefined;

  constructor(client: IoredisClient) {
    this.#client = client;
    const target = client as unknown as Sender;
    // The client makes the command (of its own version's class) and passes it to `sendCommand`: this stands before it.
    this.#sender = Object.create(client, {
      options: { value: { ...client.options, enableAutoPipelining: false } },
      sendCommand: { value: (command: Command) => this.#follow(target, command) },
    });
  }

  /** @param onWrite called each time that it, or a PING in its place, is written to a socket. */
  send(name: string, args: readonly string[], slot?: number, onWrite?: () => void): TrackedCommand {
    const tracked = new Tracked(slot, onWrite);
    this.#next = tracked;
    tracked.reply = this.#sender.call(name, args);
    return tracked;
  }

  /**
   * Makes the client connect anew if its options ask for that on such an error, and says whether they do. ioredis itself asks only
   * about errors that are a command's whole reply.
   */
  reconnectsOn(error: Error): boolean {
    const { reconnectOnError } = this.#client.options as { readonly reconnectOnError?: ReconnectOnError };
    if (!reconnectOnError?.(error)) return false;
    this.#client.disconnect(true);
    return true;
  }

  #follow(target: Sender, command: Command): Promise<unknown> {
    const tracked = this.#next as Tracked;
    if (tracked.slot !== undefined) command.slot = tracked.slot;
    const { reject, toWritable } = command;
    command.toWritable = (socket) => {
      tracked.onWrite?.();
      // A shared client with its defaults is about to repeat what a lost connection left unanswered.
      if (tracked.sent) reject.call(command, new Error("the connection was lost"));
      if (tracked.sent || tracked.cancelled) return ping;
      tracked.sent = true;
      tracked.writes += 1;
      tracked.socket = socket as CommandSocket;
      batchWrites(tracked.socket);
      return toWritable.call(command, socket);
    };
    const promise = target.sendCommand(command);
    // By now a Cluster has put its own in place, which follows redirections without telling anybody. All else that it
    // would repeat, it would repeat without regard to the deadline, or to what may have run.
    const { reject: redirect } = command;
    command.reject = (error) => {
      const code = replyCode(error);
      if (code !== undefined && isRefusedUnexecuted(code)) tracked.sent = false;
      (code === "MOVED" || code === "ASK" ? redirect : reject).call(command, error);
    };
    return promise;
  }
}

class Tracked implements TrackedCommand {
  declare reply: Promise<unknown>;
  readonly slot: number | undefined;
  readonly onWrite: (() => void) | undefined;
  sent = false;
  socket: CommandSocket | undefined;
  writes = 0;
  cancelled = false;

  constructor(slot: number | undefined, onWrite: (() => void) | undefined) {
    this.slot = slot;
    this.onWrite = onWrite;
  }

  cancel(): void {
    this.cancelled = true;
  }
}
