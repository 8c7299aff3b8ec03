/** What Next.js says of a request's URL: the path without base path and locale. */
interface NextUrl {
  readonly pathname: string;
  readonly origin?: string;
  /** Of the build whose data is asked for, where the handler of a route is asked for it. */
  readonly buildId?: string;
  readonly locale?: string;
  readonly defaultLocale?: string;
  /** Another one by the same configuration. */
  clone?(): { href: string; readonly pathname: string };
}

/** How Next.js asks for the data of a page; it serves route handlers by these too. */
const dataPath = /^(.*)\/_next\/data\/[^/]+(?:\/index(?=\/))?(\/.*?)(?:\.json)?$/;
/** How it asks for a part of one, where the platform leaves that in the path. */
const partPath = /(?:\.segments\/.*\.segment|\.prefetch)?\.rsc$/;

/** What a table reads as anything. */
const anyPath = "any:/";
/** Of what is in one another; no client of Next.js has more than one. */
const mostLayers = 8;

/** Every path by which the app may serve a request. */
export function pathsOf(request: Request): readonly string[] {
  const { nextUrl } = request as { readonly nextUrl?: NextUrl };
  if (typeof nextUrl?.pathname !== "string") return [new URL(request.url).pathname];
  // Of `/_next/data/<build>/index/api/x.json` a handler is told no more than this.
  if (nextUrl.buildId && nextUrl.pathname === "/") return [anyPath];
  const paths = [bare(nextUrl.pathname)];
  for (let path = inner(paths[0] as string, nextUrl); !paths.includes(path); path = inner(path, nextUrl)) {
    if (paths.length > mostLayers) return [anyPath];
    paths.push(path);
  }
  // In another than the default locale some data are served by the route that catches all.
  const isForeign = nextUrl.defaultLocale !== undefined && nextUrl.locale !== nextUrl.defaultLocale;
  if (isForeign && request.headers.has("x-nextjs-data")) paths.push(...paths.map((path) => `${path}.json`));
  return paths;
}

/** Next.js has redirected the one form to the other, or serves both alike. */
function bare(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, "") : path;
}

/** What is left without one more layer: data's address, base path and locale, of which a proxy sees some twice. */
function inner(path: string, nextUrl: NextUrl): string {
  const page = path.replace(dataPath, "$1$2").replace(partPath, "");
  const url = nextUrl.clone?.();
  if (url === undefined) return bare(page);
  url.href = `${nextUrl.origin}${page}`;
  return bare(url.pathname);
}
