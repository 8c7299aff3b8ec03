// On Node `performance` is a getter of the global object, and looking it up takes as long as reading the time. `Date` is a plain
// member, and whoever puts a clock of their own in place, as fake timers do, replaces both.
const knownDate = Date;
const now = performance.now.bind(performance);

/** `performance.now()`, for where it is asked for on each check. */
export function monotonicNow(): number {
  return Date === knownDate ? now() : performance.now();
}
