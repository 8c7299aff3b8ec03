import { endsWithRequest } from "@keyward/core";

const { setImmediate } = globalThis as { setImmediate?: (work: () => void) => unknown };

/**
 * Does something at the end of this turn of the event loop: on Node, Bun and Deno after everything that sockets have brought in
 * the same turn, elsewhere after the present task.
 */
export const afterThisTurn: (work: () => void) => void =
  setImmediate && !endsWithRequest()
    ? (work) => void setImmediate(work)
    : (work) => queueMicrotask(() => queueMicrotask(work));
