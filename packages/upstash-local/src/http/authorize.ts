import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { RequestError } from "../request-error.ts";

/**
 * Holds a request to the token, in its `Authorization: Bearer` header or its query.
 *
 * Digests of equal length are compared, so that neither the time nor the length tells how much was right.
 *
 * @throws {RequestError} 401, the same whether it is missing or wrong.
 */
export function createAuthorization(token: string): (request: IncomingMessage, queryToken?: string) => void {
  const expected = digestOf(token);
  return ({ headers }, queryToken) => {
    const bearer = /^bearer +(\S+) *$/i.exec(headers.authorization ?? "")?.[1];
    const presented = digestOf(bearer ?? queryToken ?? "");
    if (!timingSafeEqual(presented, expected)) {
      throw new RequestError(401, "WRONGPASS invalid or missing auth token");
    }
  };
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
