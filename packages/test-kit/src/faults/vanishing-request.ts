import { once } from "node:events";
import { connect } from "node:net";

/** A request under way, whose client can go away. */
export interface VanishingRequest {
  /** Resets the connection, which servers notice at once. If it were only closed, they might notice when they answer. */
  vanish(): void;
}

/** Sends a request, with a body if there is one, on a connection of its own, and reads no answer. */
export async function vanishingRequest(url: string, body?: string): Promise<VanishingRequest> {
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  const head = [`${body === undefined ? "GET" : "POST"} ${pathname}${search} HTTP/1.1`, `host: ${hostname}`];
  if (body !== undefined) head.push(`content-length: ${Buffer.byteLength(body)}`);
  socket.write(`${head.join("\r\n")}\r\n\r\n${body ?? ""}`);
  return { vanish: () => void socket.resetAndDestroy() };
}
