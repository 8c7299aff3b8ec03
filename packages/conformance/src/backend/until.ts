const mostMs = 10_000;

/** Asks every few milliseconds until the answer is yes, for changes that a store doesn't announce. Rejects after ten seconds. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const start = performance.now();
  while (!(await condition())) {
    if (performance.now() - start > mostMs) throw new Error(`not within ${mostMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
