import { askServer, type RedisCluster, type RedisServer, startRedisCluster, until } from "@keyward/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LoadedStore, loadStore, meetingMs } from "./loaded-store.ts";

let cluster: RedisCluster;
let loaded: LoadedStore;

beforeAll(async () => {
  cluster = await startRedisCluster({ appendOnly: false });
  const nodes = cluster.nodes.map(({ host, port }) => ({ host, port }));
  loaded = await loadStore({ kind: "cluster", nodes }, 8);
});
afterAll(async () => {
  await loaded.stop();
  await cluster.stop();
});

const ask = (server: RedisServer, ...command: [string, ...string[]]) => askServer(server.options, ...command);

/** All keys of a scope are in one slot: which one it is, and the master that holds it. Other masters hold the keys of probes. */
async function homeOfScope(): Promise<{ master: RedisServer; slot: number; keys: readonly string[] }> {
  for (const server of cluster.servers) {
    const [role] = (await ask(server, "ROLE")) as string[];
    const keys = role === "master" ? ((await ask(server, "KEYS", "keyward:masker:*")) as string[]) : [];
    const [key] = keys;
    if (key !== undefined) return { master: server, slot: Number(await ask(server, "CLUSTER", "KEYSLOT", key)), keys };
  }
  throw new Error("no master has any key");
}

async function replicaOf(master: RedisServer): Promise<RedisServer> {
  for (const server of cluster.servers) {
    const [role, , port] = (await ask(server, "ROLE")) as unknown[];
    if (role === "slave" && port === master.port) return server;
  }
  throw new Error("the master has no replica");
}

async function untilTakenOver(slot: number, former: RedisServer): Promise<void> {
  await until("the replica has taken over", async () => (await cluster.masterOf(slot)) !== former);
  await cluster.untilWhole();
}

/** Brings a former master back, as a replica. */
async function bringBack(server: RedisServer): Promise<void> {
  await server.start();
  await until("it follows the new master", async () =>
    String(await ask(server, "INFO", "replication")).includes("master_link_status:up"),
  );
}

describe("8 processes go on numbering, without a duplicate, while on a Cluster", { timeout: meetingMs }, () => {
  it("their slot migrates", async () => {
    const { master, slot, keys } = await homeOfScope();
    const target = cluster.servers.slice(0, 3).find((server) => server !== master) as RedisServer;
    const [from, to] = [await ask(master, "CLUSTER", "MYID"), await ask(target, "CLUSTER", "MYID")].map(String);
    const move = (key: string) => ask(master, "MIGRATE", target.host, `${target.port}`, key, "0", "5000");
    const report = await loaded.meet({
      async happen() {
        await ask(target, "CLUSTER", "SETSLOT", `${slot}`, "IMPORTING", from as string);
        await ask(master, "CLUSTER", "SETSLOT", `${slot}`, "MIGRATING", to as string);
        await move(keys[0] as string);
      },
      async mend() {
        await Promise.all(keys.slice(1).map(move));
        for (const server of [target, master]) await ask(server, "CLUSTER", "SETSLOT", `${slot}`, "NODE", to as string);
      },
    });
    expect(report).toMatchObject({ lost: 0, changed: 0 });
  });

  it("their master is killed with kill -9, and its replica takes over", async () => {
    const { master, slot } = await homeOfScope();
    const report = await loaded.meet({
      happen: () => master.kill("SIGKILL"),
      async mend() {
        await untilTakenOver(slot, master);
        await bringBack(master);
      },
    });
    expect(report.sealed).toBeGreaterThan(0);
  });

  it("their master is killed while its replica was cut off, so that what it had confirmed last is lost", async () => {
    const { master, slot } = await homeOfScope();
    const replica = await replicaOf(master);
    const report = await loaded.meet({
      async happen() {
        replica.freeze();
        await ask(master, "CLIENT", "KILL", "TYPE", "replica");
        // Many, as some may have been on their way to this process since before.
        const { numbered } = loaded;
        await until("numbers are given out that the replica doesn't hear of", () => loaded.numbered > numbered + 500);
        await master.kill("SIGKILL");
        replica.thaw();
      },
      async mend() {
        await untilTakenOver(slot, master);
        await bringBack(master);
      },
    });
    expect(report.lost).toBeGreaterThan(0);
  });
});
