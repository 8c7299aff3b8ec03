import { setTimeout as pause } from "node:timers/promises";
import { KeywardError } from "@keyward/core";
import { createIoredisBackend } from "@keyward/ioredis";
import { createConcurrencyLimiter } from "@keyward/rate-limiter";
import { Redis } from "ioredis";
import type { SlotMessage, SlotTask } from "./slot-task.ts";

/** A process of a fleet that works in slots, and counts on the server, by a connection of its own, how many are running. */
async function main({ url, serverUrl, key, limit, lease, atOnce, mode }: SlotTask): Promise<void> {
  const backend = createIoredisBackend({ url, timeoutMs: 5_000 });
  const limiter = createConcurrencyLimiter({ limit, lease, backend });
  const client = new Redis(serverUrl);
  let isStopping = false;
  process.once("message", () => {
    isStopping = true;
  });

  async function count(work: () => Promise<unknown>): Promise<void> {
    tell({ kind: "running", running: await client.incr(key) });
    try {
      await work();
    } finally {
      await client.decr(key);
    }
  }

  async function keepWorking(): Promise<void> {
    while (!isStopping) {
      try {
        await limiter.run(key, () => count(() => pause(Math.random() * 10)), { maxWait: "20s" });
      } catch (error) {
        tell({ kind: "failed", code: KeywardError.is(error) ? error.code : "unknown" });
        // It fails at once while the store counts as away.
        await pause(100);
      }
    }
  }

  if (mode === "keep") {
    const slot = await limiter.acquire(key, { maxWait: 0 });
    tell({ kind: "running", running: slot.acquired ? 1 : 0 });
    await pause(3_600_000);
  }
  await Promise.all(Array.from({ length: atOnce }, keepWorking));
  client.disconnect();
  await backend.close();
  process.disconnect();
}

function tell(message: SlotMessage): void {
  process.send?.(message);
}

await main(JSON.parse(process.argv[2] ?? "{}") as SlotTask);
