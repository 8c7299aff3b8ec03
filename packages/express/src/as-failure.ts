/**
 * Turns whatever was thrown into something that Express takes for a failure. To `next`, a falsy value means "go on", and
 * `"route"` and `"router"` mean "skip the rest": throwing one of these would let a request past its limit.
 */
export function asFailure(thrown: unknown): unknown {
  const isFailure = Boolean(thrown) && thrown !== "route" && thrown !== "router";
  return isFailure
    ? thrown
    : new Error(
        "an option or the limiter of rateLimit threw something that isn't an Error; it is the cause of this error",
        { cause: thrown },
      );
}
