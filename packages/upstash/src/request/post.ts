import { connectionFailure } from "../call/connection-failure.ts";
import { RequestFailed } from "../call/rest-failure.ts";

export interface Post {
  readonly url: string;
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Cloudflare's older compatibility dates refuse the option; frameworks that cache by themselves would without it. Node's
 * types don't know it.
 */
const uncached: object = (() => {
  const init: object = { cache: "no-store" };
  try {
    return new Request("https://localhost", init) && init;
  } catch {
    return {};
  }
})();

/**
 * Sends one request, once: nothing is repeated, and no redirection followed, which would send it elsewhere.
 *
 * @throws {RequestFailed} if there is no response.
 */
export async function post({ url, token, headers, body, signal }: Post): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers, Authorization: `Bearer ${token}` },
      redirect: "manual",
      ...uncached,
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    });
  } catch (error) {
    throw new RequestFailed(connectionFailure(error));
  }
}
