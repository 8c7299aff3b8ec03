import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Command, commandOf } from "../command/command.ts";
import { parseCommand, parseCommands } from "../command/parse-commands.ts";
import { readTarget, type Target } from "../command/read-target.ts";
import type { ResolvedOptions } from "../options.ts";
import type { RedisGateway } from "../redis/redis-gateway.ts";
import type { Encoding } from "../reply/encode-reply.ts";
import { RequestError } from "../request-error.ts";
import { type FeedOf, monitor, subscription } from "../stream/redis-feed.ts";
import type { Streams } from "../stream/streams.ts";
import { answerError, answerJson, encodeOutcome } from "./answer.ts";
import { createAuthorization } from "./authorize.ts";
import { readBody } from "./read-body.ts";

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves the protocol. Resolves once the answer is written, or has begun if it is a stream. Never rejects. */
export function createRequestHandler(
  options: ResolvedOptions,
  gateway: RedisGateway,
  streams: Streams,
): RequestHandler {
  const authorize = createAuthorization(options.token);
  const instance = randomBytes(6).toString("base64url");
  let answered = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = readTarget(request.url ?? "/");
    authorize(request, target.token);
    checkMethod(request);
    // With one server behind this one, every read sees every earlier write. The token is only there because clients expect it.
    response.setHeader("upstash-sync-token", `${instance}.${++answered}`);
    const names = target.segments.slice(1);
    const feed = feedAt(target);
    if (feed) {
      request.resume(); // A body has no meaning here. Unread, it would end the stream, like a request that doesn't arrive.
      return streams.open(feed, names, response);
    }

    const encoding = encodingOf(request);
    const body = await readBody(request, options.maxRequestBytes);
    const several = names.length === 0 ? batches.get(`${target.segments[0]}`) : undefined;
    if (several) {
      const outcomes = await gateway[several](parseCommands(body, options.maxCommands));
      const texts = outcomes.map((outcome) => encodeOutcome(outcome, encoding));
      return answerJson(response, 200, `[${texts.join(",")}]`);
    }
    for (const outcome of await gateway.pipeline([singleCommand(target, body)])) {
      answerJson(response, "error" in outcome ? 400 : 200, encodeOutcome(outcome, encoding));
    }
  }

  return (request, response) => answer(request, response).catch((failure) => answerError(response, failure));
}

const batches = new Map<string, "pipeline" | "transaction">([
  ["pipeline", "pipeline"],
  ["multi-exec", "transaction"],
]);

function feedAt({ segments: [first, ...names] }: Target): FeedOf | undefined {
  const verb = first?.toString().toLowerCase();
  if (verb === "monitor") return monitor;
  if (verb !== "subscribe" && verb !== "psubscribe") return undefined;
  if (names.length === 0) throw new RequestError(400, `ERR wrong number of arguments for '${verb}' command`);
  return subscription(verb, names);
}

/** Reads the command from the body if the target is the root, or else from the path, then the body, then the query. */
function singleCommand({ segments, words }: Target, body: Buffer): Command {
  const [name, ...args] = segments;
  if (name === undefined) return parseCommand(body);
  if (name.length === 0) throw new RequestError(400, "ERR empty command");
  return commandOf([name, ...args, ...(body.length > 0 ? [body] : []), ...words]);
}

function checkMethod({ method = "" }: IncomingMessage): void {
  if (!["HEAD", "GET", "POST", "PUT"].includes(method)) throw new RequestError(405, "ERR method not allowed");
}

function encodingOf({ headers }: IncomingMessage): Encoding {
  const format = headers["upstash-response-format"] ?? "json";
  if (format !== "json") throw new RequestError(400, "ERR this server answers in JSON only");
  return headers["upstash-encoding"] === "base64" ? "base64" : "text";
}
