import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** The Upstash protocol in front of a Redis, on a thread of its own: its work isn't the client's. */
export interface RestServer {
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

export async function startRestServer(redis: string): Promise<RestServer> {
  const worker = new Worker(new URL("./rest-server-thread.ts", import.meta.url), { workerData: { redis } });
  const [{ url, token }] = (await once(worker, "message")) as [Pick<RestServer, "url" | "token">];
  return {
    url,
    token,
    async stop() {
      await worker.terminate();
    },
  };
}
