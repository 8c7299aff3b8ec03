import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { until } from "../until.ts";
import { askServer } from "./admin-client.ts";
import { findRedisServer } from "./redis-binary.ts";
import { startRedis } from "./start-redis.ts";
import { startRedisCluster } from "./start-redis-cluster.ts";
import { startSentinel } from "./start-sentinel.ts";
import { makeTlsFiles } from "./tls-files.ts";

const clean: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step();
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("startRedis", () => {
  it("answers as soon as it resolves, and is gone once stopped", async () => {
    const server = await startRedis();
    clean.push(() => server.stop());
    expect(await askServer(server.options, "PING")).toBe("PONG");
    const { pid } = server;
    await server.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it("keeps what an append-only file holds over a SIGKILL", async () => {
    const server = await startRedis({ appendOnly: true });
    clean.push(() => server.stop());
    await askServer(server.options, "SET", "kept", "yes");
    await server.restart({ kill: "SIGKILL" });
    expect(await askServer(server.options, "GET", "kept")).toBe("yes");
  });

  it("listens with TLS and a password when asked to", async () => {
    const tls = makeTlsFiles();
    clean.push(() => tls.remove());
    const server = await startRedis({ tls, password: "p:/@ ss" });
    clean.push(() => server.stop());
    expect(await askServer(server.options, "PING")).toBe("PONG");
    expect(server.url).toMatch(/^rediss:\/\/:p%3A%2F%40%20ss@127\.0\.0\.1:\d+$/);
  });

  it("ends with the process that started it, even when that is killed", async () => {
    const script = `import { startRedis } from ${JSON.stringify(new URL("./start-redis.ts", import.meta.url).href)};
      const server = await startRedis(); console.log(server.pid); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
      cwd: new URL("../../../..", import.meta.url),
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    expect(isAlive(pid)).toBe(true);
    child.kill("SIGKILL");
    await until("the server is gone", () => !isAlive(pid));
  });

  it("points to the command that says how to install a server when there is none", () => {
    expect(() => findRedisServer({ PATH: "/nonexistent" })).toThrow(/`npm test` says how to install one/);
  });
});

describe("startRedisCluster", () => {
  it("starts three masters and three replicas that agree", async () => {
    const cluster = await startRedisCluster();
    clean.push(() => cluster.stop());
    expect(cluster.servers).toHaveLength(6);
    const masters = await Promise.all([0, 8_000, 16_000].map((slot) => cluster.masterOf(slot)));
    expect(masters).toEqual(cluster.servers.slice(0, 3));
  });

  it("names no killed server as the master of a slot, but the one that takes over", async () => {
    const cluster = await startRedisCluster({ appendOnly: false });
    clean.push(() => cluster.stop());
    const first = await cluster.masterOf(0);
    await first.kill("SIGKILL");
    const next = await cluster.masterOf(0);
    expect(next.port).not.toBe(first.port);
    expect(await askServer(next.options, "CLUSTER", "COUNTKEYSINSLOT", "0")).toBe(0);
  });
});

describe("startSentinel", () => {
  it("names another master after the first was killed", async () => {
    const group = await startSentinel();
    clean.push(() => group.stop());
    const first = await group.master();
    await first.kill("SIGKILL");
    await until("another master is named", async () => (await group.master()) !== first);
    expect((await group.master()).port).not.toBe(first.port);
  });
});
