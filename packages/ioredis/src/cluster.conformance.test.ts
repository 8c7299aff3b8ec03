import { type RedisCluster, startRedisCluster } from "@keyward/test-kit";
import { Cluster as Cluster5 } from "ioredis-5";
import { afterAll, beforeAll, describe } from "vitest";
import { testOver, timeoutMs } from "./fixtures/conformance.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";

let cluster: RedisCluster;
beforeAll(async () => {
  // Long enough that no node takes a stall of all of them for a failure.
  cluster = await startRedisCluster({ nodeTimeoutMs: 60_000 });
});
afterAll(() => cluster.stop());

const nodes = () => cluster.nodes.map(({ host, port }) => ({ host, port }));

describe("a Cluster with options, ioredis 6", () => {
  testOver(
    () => cluster.servers,
    () => createIoredisBackend({ cluster: { nodes: nodes() }, prefix: "app:", timeoutMs }),
  );
});

describe("a Cluster with a client of ioredis 5", () => {
  testOver(
    () => cluster.servers,
    () => createIoredisBackend({ client: new Cluster5(nodes(), { lazyConnect: true }), timeoutMs }),
  );
});
