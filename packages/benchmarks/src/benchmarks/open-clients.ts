import type { KeyValueBackend } from "@keyward/core";
import { createIoredisBackend } from "@keyward/ioredis";
import { Redis } from "ioredis";
import type { BenchmarkContext } from "../benchmark.ts";

/** A backend and the client that others use, on the run's server; closed when the benchmark is over. */
export async function openClients(context: BenchmarkContext): Promise<{ backend: KeyValueBackend; client: Redis }> {
  const { host, port, url } = await context.redis();
  const backend = createIoredisBackend({ url, timeoutMs: 30_000 });
  context.atEnd(() => backend.close());
  const client = new Redis({ host, port });
  context.atEnd(async () => client.disconnect());
  return { backend, client };
}
