/** What is needed of a socket to write several commands at once. */
export interface CorkableSocket {
  cork(): void;
  uncork(): void;
}

const corked = new WeakSet<CorkableSocket>();

/**
 * Holds back what is written to the socket until the code that runs now has come to its end, so that commands issued
 * together leave in one system call rather than in one each.
 */
export function batchWrites(socket: CorkableSocket): void {
  if (corked.has(socket)) return;
  corked.add(socket);
  socket.cork();
  // After all that is waiting for the replies of one read has run, and issued its next command.
  process.nextTick(() => {
    corked.delete(socket);
    socket.uncork();
  });
}
