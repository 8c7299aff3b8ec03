import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { RequestError } from "../request-error.ts";

/**
 * Checks the token of a request, in its `Authorization: Bearer` header or its query.
 *
 * It compares digests of equal length, so that neither the time nor the length shows how much was right.
 *
 * @throws {RequestError} 401, the same for a missing token and a wrong one.
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
