import { isRefusedUnexecuted } from "@keyward/core";
import { replyCode } from "../call/reply-code.ts";
import { batchWrites, type CorkableSocket } from "./batch-writes.ts";
import type { IoredisClient } from "./ioredis-client.ts";

/** A command on its way, and what is known about where it is. */
export interface TrackedCommand {
  readonly reply: Promise<unknown>;
  /** Whether it has been written to a socket, and no reply has said since that the server didn't run it. */
  readonly sent: boolean;
  /** The socket it was last written to. */
  readonly socket: CommandSocket | undefined;
  /** How many times it has been written, since a Cluster's redirections write it again. */
  readonly writes: number;
  /**
   * Keeps the command from being sent from now on. ioredis can't take it out of its queues, so if it comes up for writing later,
   * or again, a PING is sent in its place: replies still match, and nothing is applied late.
   */
  cancel(): void;
}

export interface CommandSocket extends CorkableSocket {
  readonly bytesRead: number;
  destroy(): unknown;
}

/** The parts of ioredis's `Command` that versions 5 and 6 have in common. */
interface Command {
  /** Derived from the command's first key unless it is set. */
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

/** Sends commands over a client and keeps track of whether each has been written. */
export class CommandTracker {
  readonly #client: IoredisClient;
  readonly #sender: Sender;
  #next: Tracked | undefined;

  constructor(client: IoredisClient) {
    this.#client = client;
    const target = client as unknown as Sender;
    // The client makes the command, of its own version's class, and passes it to `sendCommand`, which is intercepted here.
    this.#sender = Object.create(client, {
      options: { value: { ...client.options, enableAutoPipelining: false } },
      sendCommand: { value: (command: Command) => this.#follow(target, command) },
    });
  }

  /** @param onWrite called each time that the command, or a PING in its place, is written to a socket */
  send(name: string, args: readonly string[], slot?: number, onWrite?: () => void): TrackedCommand {
    const tracked = new Tracked(slot, onWrite);
    this.#next = tracked;
    tracked.reply = this.#sender.call(name, args);
    return tracked;
  }

  /**
   * Reconnects if the client's options ask for that on such an error, and returns whether they do. ioredis itself asks them only
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
      // A shared client with default options is about to repeat what a lost connection left unanswered.
      if (tracked.sent) reject.call(command, new Error("the connection was lost"));
      if (tracked.sent || tracked.cancelled) return ping;
      tracked.sent = true;
      tracked.writes += 1;
      tracked.socket = socket as CommandSocket;
      batchWrites(tracked.socket);
      return toWritable.call(command, socket);
    };
    const promise = target.sendCommand(command);
    // By now a Cluster has put its own `reject` in place, which follows redirections silently. Everything else that it would
    // repeat, it would repeat without regard for the deadline or for what may have run.
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
