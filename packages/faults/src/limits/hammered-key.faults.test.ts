import { askServer, type RedisServer, startRedis, until } from "@keyward/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expected } from "../features/expected.ts";
import { tcpFaults } from "../staging/tcp-faults.ts";
import { startTcpStore, type TcpStore } from "../staging/tcp-store.ts";
import type { PromisedLimit } from "./admission-record.ts";
import { type HammeringFleet, startHammering } from "./hammering-fleet.ts";

const promised: PromisedLimit = { limit: 40, part: 5, windowMs: 1_000, instances: 8 };
/** Long, since a busy machine may be slow; but nothing may hang. */
const meetingMs = 120_000;

let store: TcpStore;
let replica: RedisServer;
let fleet: HammeringFleet;

beforeAll(async () => {
  [store, replica] = await Promise.all([startTcpStore(), startRedis({ appendOnly: true })]);
  fleet = await startHammering({ kind: "tcp", host: store.proxy.host, port: store.proxy.port }, promised);
});
afterAll(async () => {
  await fleet.stop();
  await Promise.all([store.stop(), replica.stop()]);
});

/** One fault of each kind. The others take the store away just as one of these does. */
const kinds = [
  "refused",
  "killed",
  "frozen",
  "restarted from its file",
  "read-only replica",
  "clients killed",
  "script cache flushed",
  "replies lost",
];
const faults = tcpFaults.filter(({ name }) => kinds.includes(name));

const ask = (server: RedisServer, ...command: [string, ...string[]]) => askServer(server.options, ...command);
/** Nobody is let through by the store then: no admission is nearer to the loss than what is on its way back. */
const noteLoss = () => fleet.record.noteLoss(Date.now());

describe("8 processes never let more than the limit through while the store answers, nor more than the stated bound in any window, while Redis is", {
  timeout: meetingMs,
}, () => {
  it.each(faults)("$name", async ({ name, happen, mend }) => {
    const takesStore = expected[name]?.["counter"] !== "done";
    await fleet.meet({ happen: () => happen(store), mend: () => mend(store), takesStore });
  });

  it("frozen three times in quick succession", async () => {
    const { redis } = store;
    for (let outage = 1; outage <= 3; outage += 1) {
      redis.freeze();
      await fleet.untilAsking("nobody");
      redis.thaw();
      await fleet.untilAsking("the store");
    }
    await fleet.untilMore();
    expect(fleet.record.violations).toEqual([]);
  });
});

describe("what the store has lost is let through once more, and nothing beyond, when it comes back", {
  timeout: meetingMs,
}, () => {
  it("empty", async () => {
    const { proxy, redis } = store;
    await fleet.meet({
      takesStore: true,
      async happen() {
        await proxy.refuse();
        await ask(redis, "FLUSHALL");
        await redis.kill("SIGKILL");
        noteLoss();
      },
      async mend() {
        await redis.start();
        await proxy.accept();
      },
    });
  });

  it("with an old copy of its data", async () => {
    const { redis } = store;
    await fleet.meet({
      takesStore: true,
      async happen() {
        await ask(redis, "CONFIG", "SET", "appendonly", "no");
        await fleet.untilMore();
        await redis.kill("SIGKILL");
        noteLoss();
      },
      mend: () => redis.start(),
    });
  });

  it("as a replica that missed the last writes", async () => {
    await ask(store.redis, "CONFIG", "SET", "repl-diskless-sync-delay", "0");
    await ask(replica, "REPLICAOF", store.redis.host, `${store.redis.port}`);
    await until("it follows", async () =>
      String(await ask(replica, "INFO", "replication")).includes("master_link_status:up"),
    );
    const { redis, leadTo } = store;
    await fleet.meet({
      takesStore: true,
      async happen() {
        replica.freeze();
        await ask(redis, "CLIENT", "KILL", "TYPE", "replica");
        await fleet.untilMore();
        await redis.kill("SIGKILL");
        noteLoss();
        replica.thaw();
      },
      async mend() {
        await ask(replica, "REPLICAOF", "NO", "ONE");
        leadTo(replica);
      },
    });
  });
});

it("the processes press against every bound", async () => {
  await fleet.untilLimited();
  const { limit, part, instances } = promised;
  const { onStore, byOneInstance, inAll } = fleet.record.most;
  console.log(`most in any window: ${onStore} on the store, ${byOneInstance} by one instance alone, ${inAll} in all`);
  expect([onStore, byOneInstance]).toEqual([limit, part]);
  expect(inAll).toBeGreaterThan(limit);
  expect(inAll).toBeLessThanOrEqual(2 * limit + part * instances);
});
