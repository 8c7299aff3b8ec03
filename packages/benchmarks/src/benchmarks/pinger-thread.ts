import { setTimeout as wait } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { Redis } from "ioredis";

const everyMs = 2;

const { host, port } = workerData as { readonly host: string; readonly port: number };
const client = new Redis({ host, port });
let longest = 0;

await client.ping();
parentPort?.on("message", () => {
  parentPort?.postMessage(longest);
  longest = 0;
});
parentPort?.postMessage("ready");
while (true) {
  const begin = performance.now();
  await client.ping();
  longest = Math.max(longest, performance.now() - begin);
  await wait(everyMs);
}
