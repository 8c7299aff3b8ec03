import type { Request } from "express";

/** The whole path, wherever the middleware is mounted: as it was sent, or as the app has rewritten it since. */
export function servedPath({ originalUrl, baseUrl, url }: Request): string {
  const routed = baseUrl + withoutOrigin(url);
  return comparable(routed) === comparable(withoutOrigin(originalUrl)) ? originalUrl : routed;
}

/** Express may leave an origin in front of the path when it removes the path of a mount. */
function withoutOrigin(url: string): string {
  return url.replace(/^(?!\/)[^?]*?:\/\/[^/]*/, "");
}

/** Equal for paths that differ only by mounting, which loses slashes between the parts of a path and adds one at its end. */
function comparable(url: string): string {
  return url
    .replace(/\?.*$/s, "")
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
}
