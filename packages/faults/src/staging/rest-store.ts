import { type HttpProxy, startHttpProxy, startRedis } from "@keyward/test-kit";
import { createUpstashBackend } from "@keyward/upstash";
import { startUpstashServer } from "@keyward/upstash-local";
import type { StagedStore } from "./fault.ts";

/** A Redis behind a REST server, reached through a proxy. */
export interface RestStore extends StagedStore {
  readonly proxy: HttpProxy;
  readonly token: string;
}

export async function startRestStore(): Promise<RestStore> {
  const redis = await startRedis({ appendOnly: true });
  const server = await startUpstashServer({ redis: redis.url });
  const proxy = await startHttpProxy(server.url);
  return {
    redis,
    proxy,
    token: server.token,
    open: (timeoutMs) => createUpstashBackend({ url: proxy.url, token: server.token, timeoutMs }),
    async stop() {
      await proxy.stop();
      await server.close();
      await redis.stop();
    },
  };
}
