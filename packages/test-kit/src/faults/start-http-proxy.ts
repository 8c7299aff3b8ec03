import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** What happens to a request. */
export type HttpFault =
  /** It is handed on, and so is the answer. */
  | { readonly kind: "pass" }
  /** It goes no further and is answered with this status and body. */
  | { readonly kind: "answer"; readonly status: number; readonly body: string }
  /** It goes no further and is never answered. */
  | { readonly kind: "silence" }
  /** It is handed on, and the connection is cut in place of the answer. */
  | { readonly kind: "cut-at-reply" }
  /** It is handed on. Half of the answer comes back, and then the connection is cut. */
  | { readonly kind: "truncate" }
  /** It is handed on, and answered with the server's status but with this body. */
  | { readonly kind: "replace-body"; readonly body: string };

export interface HttpProxy {
  readonly url: string;
  fault: HttpFault;
  /** How long each answer is held, in milliseconds. @default 0 */
  delayMs: number;
  /** How many requests came, and how many of them were handed on. */
  readonly received: number;
  readonly handedOn: number;
  /** Refuses new connections, and cuts the present ones. */
  refuse(): Promise<void>;
  /** Listens again, on the same port. */
  accept(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a proxy on loopback, in front of an HTTP server, that does to requests and answers what networks and gateways do. */
export async function startHttpProxy(targetUrl: string): Promise<HttpProxy> {
  let received = 0;
  let handedOn = 0;

  const server = createServer(async (incoming, response) => {
    received += 1;
    const { fault } = proxy;
    if (fault.kind === "silence") return;
    if (fault.kind === "answer") return respond(response, fault.status, fault.body);
    handedOn += 1;
    const answer = await handOn(incoming, targetUrl).catch(() => undefined);
    if (answer === undefined) return void response.destroy();
    if (fault.kind === "pass" && isStream(answer)) return passStream(answer, response);
    const body = await buffer(answer).catch(() => undefined);
    if (body === undefined) return void response.destroy();
    setTimeout(() => finish(fault, answer, body, response), proxy.delayMs);
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;

  const proxy: HttpProxy = {
    url: `http://127.0.0.1:${port}`,
    fault: { kind: "pass" },
    delayMs: 0,
    get received() {
      return received;
    },
    get handedOn() {
      return handedOn;
    },
    async refuse() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
    async accept() {
      if (!server.listening) await listen(server, port);
    },
    stop: () => proxy.refuse(),
  };
  return proxy;
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}

async function handOn(incoming: IncomingMessage, targetUrl: string): Promise<IncomingMessage> {
  const body = await buffer(incoming);
  const outgoing = request(new URL(incoming.url ?? "/", targetUrl), {
    method: incoming.method,
    headers: { ...incoming.headers, host: new URL(targetUrl).host },
    agent: false,
  });
  outgoing.end(body);
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  return answer;
}

const isStream = ({ headers }: IncomingMessage) => headers["content-type"]?.includes("event-stream") === true;

function passStream(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  response.flushHeaders();
  response.once("close", () => answer.destroy());
  answer.once("error", () => response.destroy());
  answer.pipe(response);
}

function finish(fault: HttpFault, answer: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const status = answer.statusCode ?? 502;
  switch (fault.kind) {
    case "cut-at-reply":
      response.destroy();
      return;
    case "truncate":
      response.writeHead(status, { ...answer.headers, "content-length": body.length });
      response.write(body.subarray(0, body.length >> 1), () => response.destroy());
      return;
    case "replace-body":
      respond(response, status, fault.body);
      return;
    default:
      response.writeHead(status, answer.headers);
      response.end(body);
  }
}

function respond(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body);
}
