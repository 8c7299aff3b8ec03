/** What Next.js says of a request besides its URL: the path without base path and locale. */
interface NextRequest extends Request {
  readonly nextUrl?: { readonly pathname?: unknown };
}

/** How Next.js asks for the data of a page; it serves route handlers by these too. */
const dataPath = /^(.*)\/_next\/data\/[^/]+(\/.*?)(?:\.json)?$/;
/** How it asks for a part of one, where the platform leaves that in the path. */
const partPath = /(?:\.segments\/.*\.segment|\.prefetch)?\.rsc$/;

/** Every path by which the app may serve a request. */
export function pathsOf(request: Request): readonly string[] {
  const path = (request as NextRequest).nextUrl?.pathname;
  if (typeof path !== "string") return [new URL(request.url).pathname];
  // Next.js has redirected the one form to the other, or serves both alike.
  const bare = path.length > 1 ? path.replace(/\/$/, "") : path;
  return [...new Set([bare, bare.replace(dataPath, "$1$2").replace(partPath, "")])];
}
