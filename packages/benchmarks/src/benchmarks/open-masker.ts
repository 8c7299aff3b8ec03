import { randomBytes } from "node:crypto";
import type { KeyValueBackend } from "@keyward/core";
import { createIoredisBackend } from "@keyward/ioredis";
import { createMasker, type Masker, type MaskerOptions } from "@keyward/masker";
import type { BenchmarkContext } from "../benchmark.ts";

export interface OpenMaskerOptions extends MaskerOptions {
  /** Puts something between the masker and the store. */
  readonly wrap?: (backend: KeyValueBackend) => KeyValueBackend;
}

/** A masker as an app has it: every detector, a shared store, originals encrypted, a scope of its own. */
export async function openMasker(context: BenchmarkContext, options: OpenMaskerOptions = {}): Promise<Masker> {
  const { wrap = (backend) => backend, ...maskerOptions } = options;
  const { url } = await context.redis();
  const backend = createIoredisBackend({ url });
  context.atEnd(() => backend.close());
  const scope = `benchmark-${randomBytes(8).toString("hex")}`;
  return createMasker({ backend: wrap(backend), scope, encryption: { keys: [randomBytes(32)] }, ...maskerOptions });
}
