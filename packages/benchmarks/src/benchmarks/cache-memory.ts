import type { Benchmark } from "../benchmark.ts";
import { createNewValueDocuments } from "../corpora/new-values.ts";
import { openMasker } from "./open-masker.ts";

const VALUES = 20_000;

/** What the local cache keeps for each value that it knows, in both directions. */
export const cacheMemory: Benchmark = {
  name: "memory per known value",
  async run(context) {
    const limits = { maxCachedValues: 8 * VALUES, maxCachedValuesPerScope: 4 * VALUES };
    const masker = await openMasker(context, limits);
    const nextDocument = createNewValueDocuments(VALUES);
    // Whatever grows once has grown.
    await masker.mask(nextDocument());
    const before = heapUsed();
    await masker.mask(nextDocument());
    return [{ name: this.name, unit: "bytes", ours: (heapUsed() - before) / VALUES, note: "values of 19 characters" }];
  },
};

function heapUsed(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed: objects, arrayBuffers } = process.memoryUsage();
  return objects + arrayBuffers;
}
