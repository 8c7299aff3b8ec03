import type { ServerResponse } from "node:http";
import { ReplyError } from "ioredis";
import type { ResolvedOptions } from "../options.ts";
import { beforeDeadline } from "../redis/before-deadline.ts";
import { errorText } from "../reply/error-text.ts";
import { RequestError } from "../request-error.ts";
import { type EventStream, openEventStream } from "./event-stream.ts";
import type { FeedOf } from "./redis-feed.ts";

/** The responses that stay open. */
export interface Streams {
  /**
   * Answers with everything from the feed, until the caller leaves or the connection to Redis is lost.
   *
   * @throws {RequestError} 400 if Redis refuses, 503 if it can't be reached, 504 after the deadline.
   */
  open(feedOf: FeedOf, names: readonly Buffer[], response: ServerResponse): Promise<void>;
  endAll(): void;
}

export function createStreams({ redis, timeoutMs }: ResolvedOptions): Streams {
  const stops = new Set<() => void>();

  return {
    async open(feedOf, names, response) {
      let stream: EventStream | undefined;
      const confirmations: string[] = [];
      const feed = feedOf(
        redis,
        timeoutMs,
        (message) => (stream ? stream.send(message) : void confirmations.push(message)),
        () => stream?.end(),
      );
      const stop = () => {
        stream?.end();
        feed.stop();
      };
      stops.add(stop);
      response.once("close", () => {
        stops.delete(stop);
        feed.stop();
      });
      await beforeDeadline(feed.started, timeoutMs, feed.stop).catch((failure) => {
        feed.stop();
        throw asRequestError(failure, names);
      });
      stream = openEventStream(response);
      for (const message of confirmations) stream.send(message);
    },

    endAll() {
      for (const stop of stops) stop();
    },
  };
}

function asRequestError(failure: unknown, args: readonly Buffer[]): RequestError {
  if (failure instanceof RequestError) return failure;
  if (!(failure instanceof ReplyError)) return new RequestError(503, "ERR the connection to Redis was lost");
  return new RequestError(400, errorText((failure as Error).message, { name: "SUBSCRIBE", args }));
}
