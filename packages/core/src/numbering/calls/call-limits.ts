/**
 * What one script call may carry. The server serves nobody else during a call: a thousand new entries take it a few
 * milliseconds, but fifty thousand would take a third of a second.
 */
export const callLimits = { items: 1_000, bytes: 256 * 1024 } as const;

/** Cuts a list into pieces that each fit into one call, in order. */
export function cutIntoCalls<Item>(items: readonly Item[], bytesOf: (item: Item) => number): Item[][] {
  const calls: Item[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = bytesOf(item);
    const call = calls.at(-1);
    if (call && call.length < callLimits.items && bytes + size <= callLimits.bytes) {
      call.push(item);
      bytes += size;
    } else {
      calls.push([item]);
      bytes = size;
    }
  }
  return calls;
}
