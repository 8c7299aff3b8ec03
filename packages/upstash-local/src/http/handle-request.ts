import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Command, commandOf } from "../command/command.ts";
import { parseCommand, parseCommands } from "../command/parse-commands.ts";
import { readTarget, type Target } from "../command/read-target.ts";
import type { ResolvedOptions } from "../options.ts";
import type { RedisGateway } from "../redis/redis-gateway.ts";
import type { Encoding } from "../reply/encode-reply.ts";
import { RequestError } from "../request-error.ts";
import { answerError, answerJson, encodeOutcome } from "./answer.ts";
import { createAuthorization } from "./authorize.ts";
import { readBody } from "./read-body.ts";

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves the protocol. Settles once the answer is given; never rejects. */
export function createRequestHandler(options: ResolvedOptions, gateway: RedisGateway): RequestHandler {
  const authorize = createAuthorization(options.token);
  const instance = randomBytes(6).toString("base64url");
  let answered = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = readTarget(request.url ?? "/");
    authorize(request, target.token);
    checkMethod(request);
    const encoding = encodingOf(request);
    const body = await readBody(request, options.maxRequestBytes);
    const endpoint = target.segments.length === 1 ? target.segments[0]?.toString() : undefined;
    let text: string;
    let status = 200;
    if (endpoint === "pipeline" || endpoint === "multi-exec") {
      const run = endpoint === "pipeline" ? gateway.pipeline : gateway.transaction;
      const outcomes = await run(parseCommands(body, options.maxCommands));
      text = `[${outcomes.map((outcome) => encodeOutcome(outcome, encoding)).join(",")}]`;
    } else {
      const [outcome] = await gateway.pipeline([singleCommand(target, body)]);
      if (outcome === undefined) throw new Error("a command has one outcome");
      if ("error" in outcome) status = 400;
      text = encodeOutcome(outcome, encoding);
    }
    // With one server behind it every read sees every earlier write, so the token has nothing to say; clients expect one.
    response.setHeader("upstash-sync-token", `${instance}.${++answered}`);
    answerJson(response, status, text);
  }

  return (request, response) => answer(request, response).catch((failure) => answerError(response, failure));
}

/** In the body of a request to the root, or in the path, with the body and then the query as further arguments. */
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
