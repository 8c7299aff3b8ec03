import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../until.ts";
import { adminClient, askServer } from "./admin-client.ts";
import { type RedisConnectionOptions, type RedisServer, startRedis } from "./start-redis.ts";

export interface SentinelOptions {
  /** @default 1 */
  readonly replicas?: number;
  /** @default 3 */
  readonly sentinels?: number;
  /** After how long without an answer the master counts as down. @default 500 */
  readonly downAfterMs?: number;
}

/** A master, its replicas and the Sentinels that watch over them. */
export interface SentinelGroup {
  /** The name by which Sentinel knows the master. */
  readonly name: string;
  /** The master first, as it was at the start. */
  readonly servers: readonly RedisServer[];
  readonly sentinels: readonly RedisServer[];
  /** For a client's `sentinels` option. */
  readonly addresses: readonly RedisConnectionOptions[];
  /** The server that the Sentinels name as master now. */
  master(): Promise<RedisServer>;
  stop(): Promise<void>;
}

const masterName = "keyward";

/** Starts a group and waits until every Sentinel knows the replicas and the other Sentinels. */
export async function startSentinel(options: SentinelOptions = {}): Promise<SentinelGroup> {
  const { replicas = 1, sentinels: watchers = 3, downAfterMs = 500 } = options;
  const master = await startRedis({ args: ["--repl-diskless-sync-delay", "0"] });
  const followers = await Promise.all(
    Array.from({ length: replicas }, () => startRedis({ args: ["--replicaof", master.host, `${master.port}`] })),
  );
  const quorum = Math.floor(watchers / 2) + 1;
  const sentinels = await Promise.all(
    Array.from({ length: watchers }, () => startWatcher(master, quorum, downAfterMs)),
  );
  const servers = [master, ...followers];
  const group: SentinelGroup = {
    name: masterName,
    servers,
    sentinels,
    addresses: sentinels.map((sentinel) => sentinel.options),
    async master() {
      const address = await askServer(sentinels[0]!.options, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", masterName);
      const found = servers.find((server) => String(server.port) === (address as string[])[1]);
      if (found === undefined) throw new Error("the Sentinels name a master that isn't of this group");
      return found;
    },
    async stop() {
      await Promise.all([...sentinels, ...servers].map((server) => server.stop()));
    },
  };
  await until("the Sentinels know one another and the replicas", () => knowsAll(sentinels, replicas));
  return group;
}

function startWatcher(master: RedisServer, quorum: number, downAfterMs: number): Promise<RedisServer> {
  return startRedis({
    args: ["sentinel.conf", "--sentinel"],
    prepare(folder) {
      const lines = [
        `sentinel monitor ${masterName} ${master.host} ${master.port} ${quorum}`,
        `sentinel down-after-milliseconds ${masterName} ${downAfterMs}`,
        `sentinel failover-timeout ${masterName} 3000`,
      ];
      writeFileSync(join(folder, "sentinel.conf"), `${lines.join("\n")}\n`);
    },
  });
}

async function knowsAll(sentinels: readonly RedisServer[], replicas: number): Promise<boolean> {
  const answers = await Promise.all(
    sentinels.map(async ({ options }) => {
      const client = adminClient(options);
      try {
        const flat = (await client.call("SENTINEL", "MASTER", masterName)) as string[];
        const field = (name: string) => Number(flat[flat.indexOf(name) + 1]);
        return field("num-slaves") >= replicas && field("num-other-sentinels") === sentinels.length - 1;
      } finally {
        client.disconnect();
      }
    }),
  );
  return answers.every(Boolean);
}
