import { Cluster as Cluster6, Redis as Redis6 } from "ioredis";
import { Cluster as Cluster5, Redis as Redis5 } from "ioredis-5";
import { describe, expect, it } from "vitest";
import type { IoredisClient } from "./ioredis-client.ts";
import { duplicateSafely, needsDuplicate, reconnectDelay, safeRedisOptions } from "./safe-options.ts";

const nodes = [{ host: "127.0.0.1", port: 1 }];
const lazyConnect = true;

const versions = [
  {
    version: 6,
    redis: (options: object): IoredisClient => new Redis6({ lazyConnect, ...options }),
    cluster: (options: object): IoredisClient => new Cluster6(nodes, { lazyConnect, ...options }),
  },
  {
    version: 5,
    redis: (options: object): IoredisClient => new Redis5({ lazyConnect, ...options }),
    cluster: (options: object): IoredisClient => new Cluster5(nodes, { lazyConnect, ...options }),
  },
];

describe.each(versions)("needsDuplicate, ioredis $version", ({ redis, cluster }) => {
  it.each<[object, boolean]>([
    [{}, true],
    [{ maxRetriesPerRequest: null }, true],
    [{ maxRetriesPerRequest: 1 }, true],
    [{ maxRetriesPerRequest: 0 }, false],
    [{ autoResendUnfulfilledCommands: false }, false],
    [{ maxRetriesPerRequest: 0, reconnectOnError: () => 2 }, true],
    [{ maxRetriesPerRequest: 0, stringNumbers: true }, true],
  ])("a single client with %j: %s", (options, expected) => {
    expect(needsDuplicate(redis(options))).toBe(expected);
  });

  it.each<[object, boolean]>([
    [{}, true],
    [{ retryDelayOnFailover: 0 }, false],
    [{ retryDelayOnFailover: 0, clusterNodeRetryStrategy: () => 10 }, true],
    [
      {
        retryDelayOnFailover: 0,
        clusterNodeRetryStrategy: () => 10,
        redisOptions: { autoResendUnfulfilledCommands: false },
      },
      false,
    ],
    [{ retryDelayOnFailover: 0, redisOptions: { reconnectOnError: () => 2 } }, true],
    [{ retryDelayOnFailover: 0, redisOptions: { stringNumbers: true } }, true],
    [{ retryDelayOnFailover: 0, scaleReads: "slave" }, true],
  ])("a Cluster with %j: %s", (options, expected) => {
    expect(needsDuplicate(cluster(options))).toBe(expected);
  });

  it("is content with a duplicate, which keeps what isn't about sending twice", () => {
    const single = duplicateSafely(redis({ password: "p", db: 3 }));
    expect(needsDuplicateOfOwn(single)).toBe(false);
    expect(single.options).toMatchObject({ password: "p", db: 3 });
    const many = duplicateSafely(cluster({ redisOptions: { password: "p" } }));
    expect(needsDuplicate(many)).toBe(false);
    expect(many.options).toMatchObject({ redisOptions: { password: "p", maxRetriesPerRequest: 0 } });
  });
});

/** A duplicate's `reconnectOnError` only ever makes a new connection; a stranger's may also send again. */
function needsDuplicateOfOwn({ options }: IoredisClient): boolean {
  const { reconnectOnError } = options as { reconnectOnError(error: Error): unknown };
  expect(reconnectOnError(new Error("READONLY You can't write"))).toBe(true);
  // The rest of a burst: the connection is being made anew already.
  expect(reconnectOnError(new Error("READONLY You can't write"))).toBe(false);
  expect(reconnectOnError(new Error("OOM"))).toBe(false);
  return needsDuplicate({ options: { ...options, reconnectOnError: null } } as IoredisClient);
}

it.each(["READONLY You can't write", "ERR @user_script: 1: -READONLY You can't write"])(
  "a single connection is made anew for %s, in the words of any server",
  (text) => {
    expect(safeRedisOptions().reconnectOnError(new Error(text))).toBe(true);
  },
);

describe("reconnectDelay", () => {
  it("grows from 25 ms to a second, spread over half of it", () => {
    for (const [attempt, delay] of [
      [1, 25],
      [2, 50],
      [6, 800],
      [7, 1_000],
      [1_000, 1_000],
    ] as const) {
      expect(reconnectDelay(attempt)).toBeGreaterThanOrEqual(delay / 2);
      expect(reconnectDelay(attempt)).toBeLessThanOrEqual(delay);
    }
  });
});
