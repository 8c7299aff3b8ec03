import { parentPort, workerData } from "node:worker_threads";
import { startUpstashServer } from "@keyward/upstash-local";

const { redis } = workerData as { readonly redis: string };
const { url, token } = await startUpstashServer({ redis });
parentPort?.postMessage({ url, token });
