import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import type { Benchmark } from "../benchmark.ts";
import { createNewValueDocuments } from "../corpora/new-values.ts";
import { openMasker } from "./open-masker.ts";
import { startPinger } from "./start-pinger.ts";

const valueCount = 50_000;
/** How long pings are watched with nothing else going on. */
const quietMs = 2_000;

/** What others on the same server feel while one document brings 50,000 new values. */
export const pingLatency: Benchmark = {
  name: "ping beside 50,000 new values",
  async run(context) {
    const { host, port } = await context.redis();
    const admin = new Redis({ host, port });
    context.atEnd(async () => admin.disconnect());
    const masker = await openMasker(context);
    // Everything is loaded and compiled before the pings count.
    await masker.mask(createNewValueDocuments(valueCount, 1)());
    const pinger = await startPinger(host, port);
    context.atEnd(() => pinger.stop());

    await pinger.longest();
    await wait(quietMs);
    const quiet = await pinger.longest();
    await admin.config("SET", "slowlog-log-slower-than", "500", "slowlog-max-len", "1000");
    await admin.slowlog("RESET");
    const begin = performance.now();
    const { findings } = await masker.mask(createNewValueDocuments(valueCount, 2)());
    const elapsed = performance.now() - begin;
    const beside = await pinger.longest();
    const slow = (await admin.slowlog("GET", 1000)) as readonly (readonly [number, number, number])[];
    const step = Math.max(0, ...slow.map(([, , microseconds]) => microseconds)) / 1000;
    if (findings.length !== valueCount) throw new Error(`${findings.length} of ${valueCount} values were found`);
    return [
      {
        name: `${this.name}, longest`,
        unit: "ms",
        ours: beside,
        peer: quiet,
        peerName: "quiet server",
        ratio: quiet / beside,
        note: `the server's longest single step took ${step.toFixed(1)} ms; the document ${elapsed.toFixed(0)} ms`,
      },
    ];
  },
};
