import { createUpstashBackend } from "@keyward/upstash";
import { Redis } from "@upstash/redis";
import type { Benchmark, Result } from "../benchmark.ts";
import { compareSpeeds } from "../measure/compare.ts";
import { interleave } from "../measure/interleave.ts";
import { startRestServer } from "./start-rest-server.ts";

const readCount = 100;
const timeoutMs = 30_000;

interface Reader {
  readonly name: string;
  read(key: string): Promise<unknown>;
}

/**
 * Reads of small values through the backend, beside the bare client of `@upstash/redis`: with its defaults, and with the
 * settings under which it repeats nothing and keeps values as they are. All at once, then one after the other.
 */
export const readsOverRest: Benchmark = {
  name: "reads over REST",
  async run(context) {
    const { url: redis } = await context.redis();
    const server = await startRestServer(redis);
    context.atEnd(() => server.stop());
    const backend = createUpstashBackend({ ...server, timeoutMs });
    context.atEnd(() => backend.close());
    const usual = new Redis({ ...server, enableTelemetry: false });
    const safe = new Redis({
      ...server,
      automaticDeserialization: false,
      enableAutoPipelining: false,
      retry: { retries: 0 },
      enableTelemetry: false,
      signal: () => AbortSignal.timeout(timeoutMs),
    });

    const keys = Array.from({ length: readCount }, (_, index) => `key:${index}`);
    const expected = keys.map((key) => `value of ${key}`);
    await Promise.all(keys.map((key, index) => backend.set(key, expected[index] as string)));
    const ours: Reader = { name: "keyward", read: (key) => backend.get(key) };
    const peers: readonly Reader[] = [
      { name: "its defaults", read: (key) => usual.get(key) },
      { name: "safe settings", read: (key) => safe.get(key) },
    ];

    const results: Result[] = [];
    for (const [how, readAll] of ways) {
      // Pair by pair: whoever came behind the hundred connections of one of them would pay for their garbage.
      for (const peer of peers) {
        const subjects = [ours, peer].map(({ name, read }) => ({
          name,
          async run() {
            const values = await readAll(read, keys);
            if (values.some((value, index) => value !== expected[index])) throw new Error(`${name}: a wrong value`);
          },
        }));
        const measured = await interleave(subjects, { rounds: context.quick ? 21 : 61, warmUp: 10 });
        results.push(...compareSpeeds(`${readCount} ${this.name}, ${how}`, "reads/s", readCount, measured));
      }
    }
    return results;
  },
};

type ReadAll = (read: Reader["read"], keys: readonly string[]) => Promise<unknown[]>;

const ways: readonly [how: string, readAll: ReadAll][] = [
  ["at once", (read, keys) => Promise.all(keys.map((key) => read(key)))],
  [
    "in turn",
    async (read, keys) => {
      const values: unknown[] = [];
      for (const key of keys) values.push(await read(key));
      return values;
    },
  ],
];
