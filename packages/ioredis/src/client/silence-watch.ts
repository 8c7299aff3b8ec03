import type { CommandSocket, TrackedCommand } from "./tracked-command.ts";

/** How long a connection may owe an answer before it is given up. */
const patienceMs = 2_000;

interface WaitingCall {
  readonly startedAt: number;
  readonly live: Iterable<TrackedCommand>;
}

/**
 * Ends connections that have gone silent without being closed, as after a failover behind an address that stays the same. The
 * operating system would keep them for a quarter of an hour.
 */
export class SilenceWatch {
  readonly #silent = new WeakMap<CommandSocket, { readonly bytesRead: number; readonly since: number }>();

  /**
   * Notes a call that has timed out.
   *
   * @param oldestStart when the oldest call that still has time began. While it may be what keeps the connection busy, such as a
   * big upload, nothing is ended
   */
  note(call: WaitingCall, oldestStart: number): void {
    for (const { sent, socket } of call.live) {
      if (!sent || !socket) continue;
      const known = this.#silent.get(socket);
      if (known?.bytesRead !== socket.bytesRead) {
        this.#silent.set(socket, { bytesRead: socket.bytesRead, since: call.startedAt });
      } else if (performance.now() - known.since > patienceMs && oldestStart > known.since) {
        socket.destroy();
      }
    }
  }
}
