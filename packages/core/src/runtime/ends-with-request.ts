/**
 * Whether everything that a request has started ends with it, as in Cloudflare Workers: its timers, its `fetch`, and
 * whatever waits for them. There, no request may wait for anything that another one does.
 *
 * Recognised by the name that the runtime gives itself, since by now it has `process` and `setImmediate` as Node does.
 */
export function endsWithRequest(): boolean {
  const { navigator } = globalThis as { readonly navigator?: { readonly userAgent?: unknown } };
  return navigator?.userAgent === "Cloudflare-Workers";
}
