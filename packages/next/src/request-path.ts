/** What Next.js tells about a request's URL. Its path is without base path and locale. */
interface NextUrl {
  readonly pathname: string;
  readonly origin?: string;
  /** Set in a route handler that is asked for the data of a page: the build that the data belongs to. */
  readonly buildId?: string;
  readonly locale?: string;
  readonly defaultLocale?: string;
  /** A copy, which parses a new `href` by the app's configuration. */
  clone?(): { href: string; readonly pathname: string };
}

/** How Next.js asks for the data of a page. It serves route handlers at such paths as well. */
const dataPath = /^(.*)\/_next\/data\/[^/]+(?:\/index(?=\/))?(\/.*?)(?:\.json)?$/;
/** How it asks for a part of a page, if the platform leaves that in the path. */
const partPath = /(?:\.segments\/.*\.segment|\.prefetch)?\.rsc$/;

/** A path that a route table takes for any route. */
const anyPath = "any:/";
/** How many layers (data path, base path, locale) are removed. Clients of Next.js never send more than one of each. */
const mostLayers = 8;

/** Every path by which the app may serve a request. */
export function pathsOf(request: Request): readonly string[] {
  const { nextUrl } = request as { readonly nextUrl?: NextUrl };
  if (typeof nextUrl?.pathname !== "string") return [new URL(request.url).pathname];
  // For `/_next/data/<build>/index/api/x.json` a handler is told nothing but "/".
  if (nextUrl.buildId && nextUrl.pathname === "/") return [anyPath];
  const paths = [bare(nextUrl.pathname)];
  for (let path = inner(paths[0] as string, nextUrl); !paths.includes(path); path = inner(path, nextUrl)) {
    if (paths.length > mostLayers) return [anyPath];
    paths.push(path);
  }
  // In locales other than the default, a catch-all route serves some of the data.
  const isForeign = nextUrl.defaultLocale !== undefined && nextUrl.locale !== nextUrl.defaultLocale;
  if (isForeign && request.headers.has("x-nextjs-data")) paths.push(...paths.map((path) => `${path}.json`));
  return paths;
}

/** The path without a slash at its end: Next.js has redirected one form to the other, or serves both alike. */
function bare(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, "") : path;
}

/** The path without one more layer of data path, base path and locale, some of which a proxy sees twice. */
function inner(path: string, nextUrl: NextUrl): string {
  const page = path.replace(dataPath, "$1$2").replace(partPath, "");
  const url = nextUrl.clone?.();
  if (url === undefined) return bare(page);
  url.href = `${nextUrl.origin}${page}`;
  return bare(url.pathname);
}
