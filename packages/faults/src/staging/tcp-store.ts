import { createIoredisBackend } from "@keyward/ioredis";
import { type RedisServer, startRedis, startTcpProxy, type TcpProxy } from "@keyward/test-kit";
import type { StagedStore } from "./fault.ts";

/** A Redis, reached over TCP through a proxy. */
export interface TcpStore extends StagedStore {
  readonly proxy: TcpProxy;
  /** Leads new connections to another server, as happens with an address after a failover. */
  leadTo(server: RedisServer): void;
}

/** Starts a store whose every write is in a file before it is confirmed, so that nothing is lost but what a fault takes. */
export async function startTcpStore(): Promise<TcpStore> {
  const redis: RedisServer = await startRedis({ appendOnly: true });
  const target = { host: redis.host, port: redis.port };
  const proxy = await startTcpProxy(target);
  return {
    redis,
    proxy,
    leadTo(server) {
      target.port = server.port;
    },
    open: (timeoutMs) => createIoredisBackend({ host: proxy.host, port: proxy.port, timeoutMs }),
    async stop() {
      await proxy.stop();
      await redis.stop();
    },
  };
}
