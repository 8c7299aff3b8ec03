import { ConfigurationError } from "../errors/configuration-error.ts";

/**
 * Whole milliseconds that follow `now` but never step back.
 *
 * When `now` steps back, this clock stands still for that one reading, and then goes on at the same pace from where it was. So
 * no key comes back to life, and none lives longer than its TTL. When `now` jumps ahead, so does this clock, and keys expire,
 * as they do on Redis.
 *
 * @throws {ConfigurationError} if `now` returns anything but a time.
 */
export function createSteadyClock(now: () => number): () => number {
  let reading = Math.floor(now());
  if (!Number.isSafeInteger(reading)) {
    throw new ConfigurationError("now", "must return milliseconds since the epoch, as Date.now does");
  }
  let time = reading;
  return () => {
    const next = Math.floor(now());
    if (!Number.isSafeInteger(next)) return time;
    if (next > reading) time += next - reading;
    reading = next;
    return time;
  };
}
