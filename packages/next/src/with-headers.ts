import type { HeaderField } from "@keyward/rate-limiter";

/**
 * The response with these headers: itself, or a copy if its headers can't be changed, like those of `fetch` and
 * `Response.redirect`. The body is passed on unread. A response that can't be copied, such as an upgrade, stays as it is.
 */
export function withHeaders(response: Response, fields: readonly HeaderField[]): Response {
  // A Next.js proxy may return nothing.
  if (!(response as Response | undefined)?.headers || fields.length === 0) return response;
  try {
    return setAll(response, fields);
  } catch {
    const isCopyable = response.status >= 200 && response.status <= 599;
    return isCopyable ? setAll(new Response(response.body, response), fields) : response;
  }
}

function setAll(response: Response, fields: readonly HeaderField[]): Response {
  for (const [name, value] of fields) response.headers.set(name, value);
  return response;
}
