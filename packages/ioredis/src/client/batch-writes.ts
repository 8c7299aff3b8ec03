/** As much of a socket as it takes to write several commands at once. */
export interface CorkableSocket {
  cork(): void;
  uncork(): void;
}

/** With more, the server would have nothing to do while they are being made. */
const mostCommands = 8;

/** How many commands each corked socket holds back. */
const held = new WeakMap<CorkableSocket, number>();

/**
 * To be called before a command is written. Commands that are issued together leave in few system calls: they are held back
 * until the code that is running has ended, or there are eight of them.
 */
export function batchWrites(socket: CorkableSocket): void {
  let count = held.get(socket);
  if (count === undefined) {
    count = 0;
    socket.cork();
    // By then, all code that waited for the replies of one read has run and has issued its next commands.
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

/** Sends what is held back. A command that is enough work by itself needn't wait for others. */
export function releaseWrites(socket: CorkableSocket): void {
  if (!held.has(socket)) return;
  socket.uncork();
  socket.cork();
}
