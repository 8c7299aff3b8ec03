import { BackendError } from "../errors/backend-error.ts";
import type { RawReply } from "../script/script.ts";

/**
 * Reads replies as a Redis client returns them. An unexpected reply is `BACKEND_REPLY_INVALID`, which doesn't quote it. For
 * backends over Redis.
 */
export class ReplyReader {
  readonly #operation: string;
  readonly #outcome: "not-applied" | "unknown";

  /** @param outcome what is known of the operation once there is any reply at all */
  constructor(operation: string, outcome: "not-applied" | "unknown") {
    this.#operation = operation;
    this.#outcome = outcome;
  }

  text(reply: unknown): string | null {
    if (reply === null || typeof reply === "string") return reply;
    throw this.#invalid(`a ${typeof reply} instead of a string`);
  }

  texts(reply: unknown, count: number): (string | null)[] {
    if (!Array.isArray(reply) || reply.length !== count)
      throw this.#invalid(`something other than an array of ${count}`);
    return reply.map((item) => this.text(item));
  }

  count(reply: unknown): number {
    const value = this.#item(reply);
    if (typeof value === "number") return value;
    throw this.#invalid(`a ${typeof value} instead of an integer`);
  }

  /** Accepts only the expected word, so that an answer to another command doesn't pass for it. */
  status(reply: unknown, expected: "OK" | "PONG"): void {
    if (reply !== expected) throw this.#invalid(`something other than ${expected}`);
  }

  raw(reply: unknown): RawReply {
    return Array.isArray(reply) ? reply.map((item) => this.#item(item)) : this.#item(reply);
  }

  #item(reply: unknown): string | number | null {
    if (reply === null || typeof reply === "string") return reply;
    if (typeof reply !== "number")
      throw this.#invalid(Array.isArray(reply) ? "an array inside an array" : `a ${typeof reply}`);
    // The client has rounded the number already, so its value is lost.
    if (!Number.isSafeInteger(reply)) throw this.#invalid("an integer beyond 2^53, which JavaScript can't hold");
    return reply;
  }

  #invalid(what: string): BackendError {
    return new BackendError("BACKEND_REPLY_INVALID", `${this.#operation}: the server answered with ${what}`, {
      operation: this.#operation,
      outcome: this.#outcome,
      retryable: false,
    });
  }
}
