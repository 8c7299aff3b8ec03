/**
 * Whether what a request has started ends with it, as in Cloudflare Workers: its timers, its `fetch`, and whatever waits
 * for them. One request may wait there for nothing that another one does.
 *
 * Told by the name that the runtime gives itself: it has `process` and `setImmediate` as Node does.
 */
export function endsWithRequest(): boolean {
  const { navigator } = globalThis as { readonly navigator?: { readonly userAgent?: unknown } };
  return navigator?.userAgent === "Cloudflare-Workers";
}
