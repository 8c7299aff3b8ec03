import type { Request } from "express";

/** The whole path, wherever the middleware is mounted: as it was sent, unless the app has rewritten it since. */
export function servedPath({ originalUrl, baseUrl, url }: Request): string {
  // Where all of the path was the mount's, `url` is a slash that nobody sent.
  const isSent = originalUrl.endsWith(url) || originalUrl === baseUrl + url.slice(1) || !url.startsWith("/");
  return isSent ? originalUrl : baseUrl + url;
}
