import { BackendError } from "../errors/backend-error.ts";
import type { RawReply } from "../script/script.ts";

/** Reads what a client made of a reply. What isn't as it must be is `BACKEND_REPLY_INVALID`, without its content. */
export interface ReplyReader {
  text(reply: unknown): string | null;
  texts(reply: unknown, count: number): (string | null)[];
  count(reply: unknown): number;
  /** Holds it to the one word that says that all is well; an answer meant for another command would pass for it. */
  status(reply: unknown, expected: "OK" | "PONG"): void;
  raw(reply: unknown): RawReply;
}

/**
 * For backends over Redis.
 *
 * @param outcome what is known of the operation once there is any reply at all.
 */
export function replyReader(operation: string, outcome: "not-applied" | "unknown"): ReplyReader {
  function invalid(what: string): BackendError {
    return new BackendError("BACKEND_REPLY_INVALID", `${operation}: the server answered ${what}`, {
      operation,
      outcome,
      retryable: false,
    });
  }

  function item(reply: unknown): string | number | null {
    if (reply === null || typeof reply === "string") return reply;
    if (typeof reply !== "number") throw invalid(Array.isArray(reply) ? "an array inside an array" : typeof reply);
    // It has been rounded already: whatever it was, it isn't this.
    if (!Number.isSafeInteger(reply)) throw invalid("an integer beyond 2^53, which JavaScript can't hold");
    return reply;
  }

  const reader: ReplyReader = {
    text(reply) {
      if (reply === null || typeof reply === "string") return reply;
      throw invalid(`${typeof reply} instead of a string`);
    },
    texts(reply, count) {
      if (!Array.isArray(reply) || reply.length !== count) throw invalid(`no array of ${count}`);
      return reply.map(reader.text);
    },
    count(reply) {
      const value = item(reply);
      if (typeof value === "number") return value;
      throw invalid(`${typeof value} instead of an integer`);
    },
    status(reply, expected) {
      if (reply !== expected) throw invalid(`something else than ${expected}`);
    },
    raw: (reply) => (Array.isArray(reply) ? reply.map(item) : item(reply)),
  };
  return reader;
}
