import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Cut, cutNowhere } from "./cut.ts";
import { createLeakCheck } from "./leak-check.ts";
import { messageEvents, messageOf, type Reply, serverSentEvent, tokenEstimate } from "./message-events.ts";
import { InvalidMessagesRequest, type MessagesRequest, readMessagesRequest } from "./messages-request.ts";
import { writePaced } from "./paced-writer.ts";
import { reportOn } from "./report.ts";
import { readBody } from "./request-body.ts";

export interface StandInModelOptions {
  /** Originals that must never reach a model: a request that holds one is refused and counted. */
  readonly forbidden?: readonly string[];
  /** @default `cutNowhere` */
  readonly cut?: Cut;
  /** What it answers to a prompt. @default a report that repeats every token of the prompt, see `reportOn` */
  readonly answer?: (prompt: string, tokens: readonly string[]) => string;
  /** How it recognises a token; a global pattern. @default types of at least two parts and a number, `AWS_EC2_001` */
  readonly tokenPattern?: RegExp;
  /** The most bytes of the answer in one write to the socket. @default whole events */
  readonly chunkBytes?: number;
  /** Milliseconds between two events, so that people can watch. @default 0 */
  readonly pauseMs?: number;
  /** A longer body is refused with 413. @default 8 MiB */
  readonly maxBodyBytes?: number;
}

export interface StandInModel {
  /** `http://127.0.0.1:<port>`, the base URL for a client of the API. */
  readonly url: string;
  /** How many requests it has answered. */
  readonly answered: number;
  /** How many requests it has rejected because they held a forbidden value. */
  readonly refused: number;
  /** The prompt of the last request that it answered. */
  readonly lastPrompt: string | undefined;
  /** Stops listening and ends what is under way. May be called twice. */
  close(): Promise<void>;
}

const defaultToken = /(?<![A-Za-z0-9_])[A-Z][A-Z0-9]{0,40}(?:_[A-Z0-9]{1,40}){1,6}_\d{3,16}(?![A-Za-z0-9_])/g;

/**
 * Starts a stand-in for a model: an HTTP server on loopback that speaks the Anthropic Messages API (`POST /v1/messages`,
 * streamed or whole, text and tool calls). It repeats the tokens that it is given wherever models put names, and cuts its
 * answers where the test wants them cut.
 *
 * It answers 400 to any request that still holds a forbidden value. The message says how many there are, never which.
 */
export async function startStandInModel(options: StandInModelOptions = {}): Promise<StandInModel> {
  const leaks = createLeakCheck(options.forbidden ?? []);
  const cut = options.cut ?? cutNowhere;
  const answer = options.answer ?? ((_prompt: string, tokens: readonly string[]) => reportOn(tokens));
  const tokenPattern = options.tokenPattern ?? defaultToken;
  const maxBodyBytes = options.maxBodyBytes ?? 8 * 1024 * 1024;
  const pace = { chunkBytes: options.chunkBytes ?? Number.POSITIVE_INFINITY, pauseMs: options.pauseMs ?? 0 };
  let answered = 0;
  let refused = 0;
  let lastPrompt: string | undefined;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const problem = routeProblem(request);
    if (problem !== undefined) return sendError(response, ...problem);
    const body = await readBody(request, maxBodyBytes);
    if (body === "too-large") return sendError(response, 413, "request_too_large", "the body is too large");
    const leaked = leaks(body.text);
    if (leaked > 0) {
      refused += 1;
      return sendError(response, 400, "invalid_request_error", `the request holds ${leaked} unmasked value(s)`);
    }
    const message = readMessagesRequest(body.text);
    const reply = replyTo(message);
    const requestNumber = answered;
    answered += 1;
    lastPrompt = message.prompt;
    if (!message.stream) return sendJson(response, 200, messageOf(reply));
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
    await writePaced(response, eventsOf(reply, requestNumber), pace);
  }

  function replyTo({ model, prompt, tool }: MessagesRequest): Reply {
    const tokens = [...new Set(prompt.match(tokenPattern) ?? [])];
    const toolCall =
      tool === undefined ? undefined : { id: newId("toolu"), name: tool, input: JSON.stringify({ targets: tokens }) };
    const text = answer(prompt, tokens);
    return { id: newId("msg"), model, text, toolCall, inputTokens: tokenEstimate(prompt) };
  }

  function* eventsOf(reply: Reply, requestNumber: number): Generator<string> {
    for (const event of messageEvents(reply, (text) => cut(text, requestNumber))) yield serverSentEvent(event);
  }

  const server = createServer((request, response) => {
    response.setHeader("request-id", newId("req"));
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else if (error instanceof InvalidMessagesRequest) {
        sendError(response, 400, "invalid_request_error", error.message);
      } else sendError(response, 500, "api_error", "the stand-in model failed");
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;

  return {
    url: `http://127.0.0.1:${port}`,
    get answered() {
      return answered;
    },
    get refused() {
      return refused;
    },
    get lastPrompt() {
      return lastPrompt;
    },
    close() {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

type Problem = readonly [status: number, type: string, message: string];

function routeProblem({ url, method, headers }: IncomingMessage): Problem | undefined {
  const path = url?.split("?", 1)[0];
  if (path !== "/v1/messages") return [404, "not_found_error", "Not found"];
  if (method !== "POST") return [405, "invalid_request_error", "Method Not Allowed"];
  if (headers["x-api-key"] === undefined && headers.authorization === undefined) {
    return [401, "authentication_error", "x-api-key header is required"];
  }
  if (headers["anthropic-version"] === undefined) {
    return [400, "invalid_request_error", "anthropic-version: header is required"];
  }
  return undefined;
}

function sendError(response: ServerResponse, status: number, type: string, message: string): void {
  // The rest of a request that is rejected early is never read.
  response.setHeader("connection", "close");
  sendJson(response, status, { type: "error", error: { type, message }, request_id: response.getHeader("request-id") });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function newId(kind: string): string {
  return `${kind}_${randomUUID().replaceAll("-", "").slice(0, 24)}`;
}
