import type { Request } from "express";

/** The whole path, wherever the middleware is mounted: as it was sent, unless the app has rewritten it since. */
export function servedPath({ originalUrl, baseUrl, url }: Request): string {
  const routed = baseUrl + withoutOrigin(url);
  return comparable(routed) === comparable(withoutOrigin(originalUrl)) ? originalUrl : routed;
}

/** What Express leaves in front of a path when it takes a mount's off. */
function withoutOrigin(url: string): string {
  return url.replace(/^(?!\/)[^?]*?:\/\/[^/]*/, "");
}

/** Alike for what differs by mounting alone: that loses slashes between the parts of a path, and adds one at its end. */
function comparable(url: string): string {
  return url
    .replace(/\?.*$/s, "")
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
}
