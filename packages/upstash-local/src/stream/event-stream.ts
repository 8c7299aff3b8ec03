import type { ServerResponse } from "node:http";
import { eventOf } from "./event-of.ts";

const mostUnreadBytes = 1024 * 1024;

/** A response that stays open and carries messages. */
export interface EventStream {
  send(message: string): void;
  end(): void;
}

/**
 * Begins the response.
 *
 * A reader that falls more than 1 MiB behind is cut off. It has to notice and connect again, as after any broken connection.
 */
export function openEventStream(response: ServerResponse): EventStream {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  response.flushHeaders();
  return {
    send(message) {
      if (response.destroyed || response.writableEnded) return;
      response.write(eventOf(message));
      if (response.writableLength > mostUnreadBytes) response.destroy();
    },
    end: () => void response.end(),
  };
}
