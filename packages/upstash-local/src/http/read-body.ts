import type { IncomingMessage } from "node:http";
import { RequestError } from "../request-error.ts";

/**
 * Reads the request's body, and never holds more than `maxBytes` of it.
 *
 * @throws {RequestError} 413 if it is longer. The rest is read and dropped, so that the caller gets the answer.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes, `${announced} bytes`);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      reject(tooLarge(maxBytes, "more"));
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("close", () => reject(new RequestError(400, "ERR the request ended before its body did")));
  });
}

function tooLarge(limit: number, actual: string): RequestError {
  return new RequestError(413, `ERR max request size exceeded. Limit: ${limit} bytes, Actual: ${actual}`);
}
