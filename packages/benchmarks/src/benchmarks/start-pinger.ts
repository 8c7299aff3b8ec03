import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** Another client, on a thread of its own: this one's work doesn't hold its pings up. */
export interface Pinger {
  /** The longest ping since it was last asked, in milliseconds. */
  longest(): Promise<number>;
  stop(): Promise<void>;
}

export async function startPinger(host: string, port: number): Promise<Pinger> {
  const worker = new Worker(new URL("./pinger-thread.ts", import.meta.url), { workerData: { host, port } });
  await once(worker, "message");
  return {
    async longest() {
      worker.postMessage("longest");
      const [longest] = (await once(worker, "message")) as [number];
      return longest;
    },
    async stop() {
      await worker.terminate();
    },
  };
}
