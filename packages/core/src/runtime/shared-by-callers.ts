import { endsWithRequest } from "./ends-with-request.ts";

/**
 * Gives all callers the same `Shared`. In Workers, where everything ends with its request, it gives a new one in each turn of
 * the event loop, since all calls of one turn come from one request.
 */
export function sharedByCallers<Shared>(create: () => Shared): () => Shared {
  let current: Shared | undefined;
  return () => {
    if (current === undefined) {
      current = create();
      if (endsWithRequest()) {
        afterThisTask(() => {
          current = undefined;
        });
      }
    }
    return current;
  };
}

/** Uses microtasks, since a timer would be lost with the request; two of them, so that calls made by microtasks still count. */
function afterThisTask(work: () => void): void {
  queueMicrotask(() => queueMicrotask(work));
}
