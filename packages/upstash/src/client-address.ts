import { ConfigurationError } from "@keyward/core";

/** The client's own HTTP layer holds these. There is no public accessor. */
interface HttpLayer {
  readonly baseUrl?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/**
 * Reads where a client of `@upstash/redis` sends its requests.
 *
 * @throws {ConfigurationError} if the address can't be read, or if the app has put something between the client and the network
 * that would be bypassed.
 */
export function addressOfClient(client: unknown): { readonly url: unknown; readonly token: unknown } {
  const http = (client as { readonly client?: HttpLayer } | null)?.client;
  const authorization = http?.headers?.["authorization"];
  if (typeof http?.baseUrl !== "string" || typeof authorization !== "string") {
    throw new ConfigurationError(
      "client",
      "must be a Redis client of @upstash/redis that was made from url and token; for any other client, pass url and token instead",
    );
  }
  if (Object.hasOwn(http, "request")) {
    throw new ConfigurationError(
      "client",
      "has middleware (use), which this backend would bypass; pass url and token instead",
    );
  }
  return { url: http.baseUrl, token: authorization.replace(/^Bearer /, "") };
}
