import { randomBytes } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { withFallback } from "@keyward/core";
import { createIoredisBackend } from "@keyward/ioredis";
import { createMasker } from "@keyward/masker";
import { increment, instanceId } from "@keyward/test-kit";

/** What the process has to do, as JSON in its first argument. */
export interface SoakTask {
  readonly host: string;
  readonly port: number;
  readonly seconds: number;
}

/** The heap after each tenth of the time, garbage collected, and how much was done in it. */
export interface SoakReport {
  readonly heapBytes: readonly number[];
  readonly operations: number;
}

const parts = 30;

/** Works at full load on a store that is away: counts what may be degraded, asks for what may not, masks what is new. */
async function main({ host, port, seconds }: SoakTask): Promise<SoakReport> {
  const backend = withFallback(createIoredisBackend({ host, port }));
  const masker = createMasker({
    backend,
    encryption: { keys: [randomBytes(32).toString("base64")] },
    detectors: ["aws"],
    observer: () => undefined,
  });
  const heapBytes: number[] = [];
  let operations = 0;
  for (let part = 0; part < parts; part += 1) {
    const end = performance.now() + (seconds * 1_000) / parts;
    while (performance.now() < end) {
      const round = operations;
      await Promise.all([
        backend.run(increment, [`limit:${round % 500}`], { by: 1 }, { degrade: "local" }),
        backend.get("session").catch(() => undefined),
        backend.publish("news", "hello").catch(() => undefined),
        masker.mask(`${instanceId(round)} ${instanceId(round + 1)}`),
      ]);
      operations += 4;
      // Gives timers and sockets a turn, as they have between requests.
      if (round % 100 === 0) await turn();
    }
    globalThis.gc?.();
    heapBytes.push(process.memoryUsage().heapUsed);
  }
  await backend.close();
  return { heapBytes, operations };
}

process.send?.(await main(JSON.parse(process.argv[2] ?? "{}") as SoakTask));
process.disconnect();
