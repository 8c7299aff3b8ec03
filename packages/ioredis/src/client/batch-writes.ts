/** What is needed of a socket to write several commands at once. */
export interface CorkableSocket {
  cork(): void;
  uncork(): void;
}

/** More would leave the server without work while they are being made. */
const mostCommands = 8;

/** How many commands each corked socket holds. */
const held = new WeakMap<CorkableSocket, number>();

/**
 * Makes ready for one more command to be written. Those issued together leave in few system calls: they are held back until
 * the code that runs now has come to its end, or there are eight.
 */
export function batchWrites(socket: CorkableSocket): void {
  let count = held.get(socket);
  if (count === undefined) {
    count = 0;
    socket.cork();
    // After all that is waiting for the replies of one read has run, and issued its next command.
    process.nextTick(() => {
      held.delete(socket);
      socket.uncork();
    });
  } else if (count === mostCommands) {
    count = 0;
    releaseWrites(socket);
  }
  held.set(socket, count + 1);
}

/** Lets go of what is held back: a command that is work enough by itself needn't wait for others. */
export function releaseWrites(socket: CorkableSocket): void {
  if (!held.has(socket)) return;
  socket.uncork();
  socket.cork();
}
