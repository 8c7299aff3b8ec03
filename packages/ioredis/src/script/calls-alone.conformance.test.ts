import type { KeyValueBackend } from "@keyward/core";
import { askServer, type RedisServer, startRedis, until } from "@keyward/test-kit";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answering } from "../fixtures/answering.ts";
import { ways } from "../fixtures/clients.ts";
import { createIoredisBackend } from "../ioredis-backend.ts";

let server: RedisServer;
let onePartCluster: RedisServer;
const opened: KeyValueBackend[] = [];

beforeAll(async () => {
  [server, onePartCluster] = await Promise.all([startRedis(), startRedis({ args: ["--cluster-enabled", "yes"] })]);
  const slots = Array.from({ length: 16_384 }, (_, slot) => `${slot}`);
  await askServer(onePartCluster.options, "CLUSTER", "ADDSLOTS", ...slots);
  await until("its slots are served", async () =>
    String(await askServer(onePartCluster.options, "CLUSTER", "INFO")).includes("cluster_state:ok"),
  );
});
afterAll(() => Promise.all([server.stop(), onePartCluster.stop()]));
afterEach(() => Promise.all(opened.splice(0).map((backend) => backend.close())));

const append = answering("append", 'return redis.call("APPEND", KEYS[1], ARGV[2])');
const locals = (count: number) => Array.from({ length: count }, (_, index) => `local n${index} = ${index}`).join(" ");

describe.each(ways)("script calls that can't travel together, with $way", ({ create }) => {
  const open = (at: RedisServer["options"]) => {
    const { backend } = create(at, { timeoutMs: 5_000 });
    opened.push(backend);
    return backend;
  };

  it("go alone where one address stands for a Cluster, which takes the keys of one slot only", async () => {
    const backend = open(onePartCluster.options);
    await askServer(onePartCluster.options, "FLUSHALL");
    const appendAll = () => Promise.all(["a", "b", "c", "a"].map((key) => backend.run(append, [key], ["x"])));
    expect(await appendAll()).toEqual([1, 1, 1, 2]);
    await askServer(onePartCluster.options, "CONFIG", "RESETSTAT");
    expect(await appendAll()).toEqual([3, 2, 2, 4]);
    // It has learnt that, and asks no more.
    expect(String(await askServer(onePartCluster.options, "INFO", "errorstats"))).not.toContain("CROSSSLOT");
  });

  it("don't share the refusal of a key that the user may not use", async () => {
    await askServer(server.options, "FLUSHALL");
    await askServer(server.options, "ACL", "SETUSER", "default", "resetkeys", "~own*");
    const backend = open(server.options);
    const ended = await Promise.allSettled(["own", "other", "own"].map((key) => backend.run(append, [key], ["x"])));
    await askServer(server.options, "ACL", "SETUSER", "default", "allkeys");
    expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await backend.get("own")).toBe("xx");
    expect((ended[1] as PromiseRejectedResult).reason.message).toBe("run:append: the server answered NOPERM");
  });

  it.each([
    ["has as many local names as a function may have", `${locals(200)} return n199`, 199],
    ["asks for arguments as only a script by itself can", "return #{ ... }", 0],
  ])("go alone where the script %s", async (_, lua, reply) => {
    const backend = open(server.options);
    const script = answering("large", lua);
    const end = (key: string) => backend.run(script, [key], []).catch((error: Error) => error.message);
    const alone = await end("a");
    expect(await Promise.all(["a", "b", "c"].map(end))).toEqual(Array(3).fill(alone));
    // Before Redis 7 a script is a function by itself, which has no such arguments.
    expect([reply, "run:large: the server answered ERR (line 1 of the script)"]).toContain(alone);
  });
});

it("script calls go alone where the ready check is off, as behind a proxy that may spread keys over servers", async () => {
  const { host, port } = server.options;
  const backend = createIoredisBackend({ host, port, timeoutMs: 5_000, ioredis: { enableReadyCheck: false } });
  opened.push(backend);
  await backend.run(append, ["a"], ["x"]);
  await askServer(server.options, "CONFIG", "RESETSTAT");
  await Promise.all(["a", "b", "c"].map((key) => backend.run(append, [key], ["x"])));
  expect(String(await askServer(server.options, "INFO", "commandstats"))).toContain("cmdstat_evalsha:calls=3,");
});
