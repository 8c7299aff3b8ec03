import { endsWithRequest } from "./ends-with-request.ts";

/**
 * What callers share: one for good. Where everything ends with its request, one for each turn of the event loop, since
 * what is asked for in one turn is one request's.
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

/** By microtasks, as a timer would be lost with the request; by two, so that what they bring is in time. */
function afterThisTask(work: () => void): void {
  queueMicrotask(() => queueMicrotask(work));
}
