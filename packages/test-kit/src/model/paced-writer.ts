import type { ServerResponse } from "node:http";
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";

export interface Pace {
  /** The most bytes that go to the socket in one write. Cuts events, and even characters, anywhere. */
  readonly chunkBytes: number;
  /** Milliseconds to wait after each event. */
  readonly pauseMs: number;
}

/**
 * Writes events one by one, each in chunks that are handed to the system separately, and waits for a slow reader. Ends quietly
 * when the reader has gone.
 */
export async function writePaced(response: ServerResponse, events: Iterable<string>, pace: Pace): Promise<void> {
  // Otherwise small writes would be gathered into one packet.
  response.socket?.setNoDelay(true);
  for (const event of events) {
    const bytes = Buffer.from(event);
    for (let start = 0; start < bytes.length; start += pace.chunkBytes) {
      if (response.destroyed) return;
      await written(response, bytes.subarray(start, start + pace.chunkBytes));
      // Gives the event loop a turn, so that the chunk is on its way before the next, and a reader's leaving is noticed.
      await nextTurn();
    }
    if (pace.pauseMs > 0) await delay(pace.pauseMs);
  }
  response.end();
}

/** Resolves when the chunk has been handed to the system, or the reader has gone, which the caller then sees. */
function written(response: ServerResponse, chunk: Buffer): Promise<void> {
  return new Promise((resolve) => {
    response.write(chunk, () => resolve());
  });
}
