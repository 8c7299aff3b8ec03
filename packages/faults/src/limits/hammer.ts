import { setTimeout as delay } from "node:timers/promises";
import type { KeyValueBackend } from "@keyward/core";
import { createRateLimiter } from "@keyward/rate-limiter";
import { openStore } from "../load/instance-task.ts";
import type { Admission, HammerMessage, HammerTask } from "./hammer-task.ts";

/** How many checks are under way at once. */
const atOnce = 2;
/** Long enough that eight processes on two processors still answer in time. */
const pauseMs = 10;
const tellEveryMs = 25;

/** An instance of an app that checks one key again and again, until it is told to stop. */
async function main({ store, key, limit, windowMs, expectedInstances, isStubborn }: HammerTask): Promise<void> {
  const backend = isStubborn ? neverLeftAlone(openStore(store)) : openStore(store);
  const limiter = createRateLimiter({
    backend,
    limits: [{ limit, window: `${windowMs}ms` }],
    onBackendError: "local",
    expectedInstances,
    ...(isStubborn && { rememberRefusals: 0 }),
  });
  let admissions: Admission[] = [];
  let decided = 0;
  let isWithoutStore = false;
  let stopping = false;
  process.once("message", () => {
    stopping = true;
  });

  function tell(): void {
    const message: HammerMessage = { admissions, decided, isWithoutStore };
    admissions = [];
    decided = 0;
    process.send?.(message);
  }

  async function work(): Promise<void> {
    while (!stopping) {
      const { allowed, reason, receipt } = await limiter.check(key);
      if (allowed) {
        if (receipt === undefined) throw new Error("what is let through has a receipt");
        admissions.push({ origin: receipt.origin, takenAt: receipt.takenAt });
      }
      if (reason !== "local") {
        decided += 1;
        isWithoutStore = reason === "degraded";
      }
      await delay(pauseMs);
    }
  }

  const telling = setInterval(tell, tellEveryMs);
  await Promise.all(Array.from({ length: atOnce }, work));
  clearInterval(telling);
  tell();
  await backend.close();
  process.disconnect();
}

/** A backend that a limiter doesn't put under `withFallback`, so that it is asked again at once after each failure. */
function neverLeftAlone(backend: KeyValueBackend): KeyValueBackend {
  return Object.assign(backend, { onRecovery: () => () => undefined });
}

await main(JSON.parse(process.argv[2] ?? "{}") as HammerTask);
