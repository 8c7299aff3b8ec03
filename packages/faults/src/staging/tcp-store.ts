import { createIoredisBackend } from "@keyward/ioredis";
import { type RedisServer, startRedis, startTcpProxy, type TcpProxy } from "@keyward/test-kit";
import type { StagedStore } from "./fault.ts";

/** A Redis, reached over TCP through a proxy. */
export interface TcpStore extends StagedStore {
  readonly proxy: TcpProxy;
}

/** Every write is in a file before it is confirmed, so that only what a fault takes is lost. */
export async function startTcpStore(): Promise<TcpStore> {
  const redis: RedisServer = await startRedis({ appendOnly: true });
  const proxy = await startTcpProxy(redis);
  return {
    redis,
    proxy,
    open: (timeoutMs) => createIoredisBackend({ host: proxy.host, port: proxy.port, timeoutMs }),
    async stop() {
      await proxy.stop();
      await redis.stop();
    },
  };
}
