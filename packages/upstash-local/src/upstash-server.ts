import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestHandler } from "./http/handle-request.ts";
import { resolveOptions, type UpstashServerOptions } from "./options.ts";
import { createRedisGateway } from "./redis/redis-gateway.ts";

const SLOWEST_HEADERS_MS = 10_000;
const SLOWEST_REQUEST_MS = 60_000;

/** A running server. */
export interface UpstashServer {
  /** For `new Redis({ url, token })` of `@upstash/redis`, or `KV_REST_API_URL`. */
  readonly url: string;
  readonly token: string;
  /** Takes no more requests, lets those under way be answered, ends the streams, and leaves Redis. May be called twice. */
  close(): Promise<void>;
}

/**
 * Serves the Upstash REST protocol from a Redis of your own, for development and tests without an account.
 *
 * It listens once the promise resolves. Redis is connected to by the first request, so either may start first; while it
 * is away, requests are answered with 503.
 *
 * @throws {ConfigurationError} for options that can't be used. Errors of listening, such as EADDRINUSE, come as they are.
 */
export async function startUpstashServer(options: UpstashServerOptions): Promise<UpstashServer> {
  const resolved = resolveOptions(options);
  const gateway = createRedisGateway(resolved.redis, resolved.timeoutMs);
  const handle = createRequestHandler(resolved, gateway);
  const server = createServer(
    { headersTimeout: SLOWEST_HEADERS_MS, requestTimeout: SLOWEST_REQUEST_MS, connectionsCheckingInterval: 1_000 },
    (request, response) => void handle(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(resolved.port, resolved.host, () => resolve());
  });

  let closing: Promise<void> | undefined;
  return {
    url: urlOf(server.address() as AddressInfo),
    token: resolved.token,
    close() {
      closing ??= new Promise<void>((resolve) => {
        server.close(() => {
          gateway.close();
          resolve();
        });
        server.closeIdleConnections();
      });
      return closing;
    },
  };
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
