import type { ServerResponse } from "node:http";
import type { Outcome } from "../redis/redis-gateway.ts";
import { type Encoding, encodeReply } from "../reply/encode-reply.ts";
import { RequestError } from "../request-error.ts";

/** Writes one outcome as the protocol's JSON object. */
export function encodeOutcome(outcome: Outcome, encoding: Encoding): string {
  return "error" in outcome ? encodeError(outcome.error) : `{"result":${encodeReply(outcome.reply, encoding)}}`;
}

export function answerJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(body);
}

/** Answers a request that failed as a whole. What isn't meant for the caller is left out. */
export function answerError(response: ServerResponse, failure: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, message } =
    failure instanceof RequestError ? failure : new RequestError(500, "ERR an error within this server");
  if (status === 405) response.setHeader("allow", "HEAD, GET, POST, PUT");
  answerJson(response, status, encodeError(message));
}

function encodeError(message: string): string {
  return JSON.stringify({ error: message });
}
