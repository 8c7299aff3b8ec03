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
 * Frameworks that cache by themselves need this option. Cloudflare's older compatibility dates refuse it, and Node's types don't
 * know it.
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
 * Sends one request, once. Nothing is repeated, and no redirection is followed, since that would send it elsewhere.
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
