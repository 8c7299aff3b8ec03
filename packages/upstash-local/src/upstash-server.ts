import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestHandler } from "./http/handle-request.ts";
import { resolveOptions, type UpstashServerOptions } from "./options.ts";
import { createRedisGateway } from "./redis/redis-gateway.ts";
import { createStreams } from "./stream/streams.ts";

const longestCloseMs = 5_000;

/** A running server. */
export interface UpstashServer {
  /** The address for `new Redis({ url, token })` of `@upstash/redis`, or for `KV_REST_API_URL`. */
  readonly url: string;
  readonly token: string;
  /** Accepts no more requests, gives those under way 5 s, ends the streams, and disconnects from Redis. May be called twice. */
  close(): Promise<void>;
}

/**
 * Serves the Upstash REST protocol from a Redis of your own, for development and tests without an account.
 *
 * It listens once the promise resolves. It connects to Redis with the first request, so either may start first. While Redis is
 * away, requests are answered with 503.
 *
 * @throws {ConfigurationError} if an option can't be used. Errors of listening, such as EADDRINUSE, are passed on.
 */
export async function startUpstashServer(options: UpstashServerOptions): Promise<UpstashServer> {
  const resolved = resolveOptions(options);
  const { redis, timeoutMs } = resolved;
  const gateway = createRedisGateway(redis, timeoutMs);
  const streams = createStreams(resolved);
  const handle = createRequestHandler(resolved, gateway, streams);
  let closing: Promise<void> | undefined;
  const server = createServer(
    { headersTimeout: timeoutMs, requestTimeout: timeoutMs, connectionsCheckingInterval: Math.min(timeoutMs, 1_000) },
    (request, response) => {
      // Otherwise a connection that was busy when closing began would be kept for further requests.
      response.once("close", () => closing && server.closeIdleConnections());
      void handle(request, response);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(resolved.port, resolved.host, () => resolve());
  });

  return {
    url: urlOf(server.address() as AddressInfo),
    token: resolved.token,
    close() {
      closing ??= closeGracefully(server, () => streams.endAll()).then(() => gateway.close());
      return closing;
    },
  };
}

async function closeGracefully(server: Server, endStreams: () => void): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  endStreams();
  server.closeIdleConnections();
  const patience = setTimeout(() => server.closeAllConnections(), longestCloseMs);
  await closed;
  clearTimeout(patience);
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
