import type { IncomingMessage } from "node:http";

/** The body as text, or `"too-large"` as soon as it is known to exceed `maxBytes`. Nothing beyond that is kept. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<{ text: string } | "too-large"> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Destroying the request would take its socket, and the answer, with it.
  const read = request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  for await (const chunk of read) {
    size += chunk.length;
    if (size > maxBytes) return "too-large";
    chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString("utf8") };
}
