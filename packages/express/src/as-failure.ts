/**
 * Turns whatever was thrown into something that Express takes for a failure. To `next`, a falsy value means "go on", and
 * `"route"` and `"router"` mean "skip the rest": throwing one of these would let a request past its limit.
 */
export function asFailure(thrown: unknown): unknown {
  const isFailure = Boolean(thrown) && thrown !== "route" && thrown !== "router";
  return isFailure ? thrown : new Error("an option of rateLimit, or its limiter, threw no error", { cause: thrown });
}
