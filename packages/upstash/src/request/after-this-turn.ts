import { endsWithRequest } from "@keyward/core";

const { setImmediate } = globalThis as { setImmediate?: (work: () => void) => unknown };

/**
 * Does something once all that this turn of the event loop has to do is done: on Node, Bun and Deno also what other
 * sockets have brought in the same turn; elsewhere what is under way in this task.
 */
export const afterThisTurn: (work: () => void) => void =
  setImmediate && !endsWithRequest()
    ? (work) => void setImmediate(work)
    : (work) => queueMicrotask(() => queueMicrotask(work));
