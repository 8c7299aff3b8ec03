import { randomBytes } from "node:crypto";
import type { KeyValueBackend } from "@keyward/core";
import { createIoredisBackend } from "@keyward/ioredis";
import { createMasker, type Masker } from "@keyward/masker";
import type { BenchmarkContext } from "../benchmark.ts";

/** A masker as an app has it: every detector, a shared store, originals encrypted, a scope of its own. */
export async function openMasker(
  context: BenchmarkContext,
  wrap: (backend: KeyValueBackend) => KeyValueBackend = (backend) => backend,
): Promise<Masker> {
  const { url } = await context.redis();
  const backend = wrap(createIoredisBackend({ url }));
  const scope = `benchmark-${randomBytes(8).toString("hex")}`;
  context.atEnd(() => backend.close());
  return createMasker({ backend, scope, encryption: { keys: [randomBytes(32)] } });
}
