/**
 * What Express takes for a failure. `next()` with nothing means "go on", and with one of two words "skip what is left": whoever
 * rejects with these would let a request past its limit.
 */
export function asFailure(thrown: unknown): unknown {
  const isFailure = Boolean(thrown) && thrown !== "route" && thrown !== "router";
  return isFailure ? thrown : new Error("an option of rateLimit, or its limiter, threw no error", { cause: thrown });
}
