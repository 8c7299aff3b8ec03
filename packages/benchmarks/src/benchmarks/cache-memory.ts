import type { Benchmark } from "../benchmark.ts";
import { createNewValueDocuments } from "../corpora/new-values.ts";
import { heapUsed } from "../measure/heap-used.ts";
import { openMasker } from "./open-masker.ts";

const valueCount = 20_000;
const documentCount = 4;

/** What the local cache keeps for each value that it knows, in both directions. */
export const cacheMemory: Benchmark = {
  name: "memory per known value",
  async run(context) {
    // So far off that nothing is dropped meanwhile.
    const limits = { maxCachedValues: 64 * valueCount, maxCachedValuesPerScope: 64 * valueCount };
    const masker = await openMasker(context, limits);
    const nextDocument = createNewValueDocuments(valueCount);
    // Whatever grows once has grown.
    await masker.mask(nextDocument());
    const before = heapUsed();
    for (let count = 0; count < documentCount; count++) await masker.mask(nextDocument());
    const ours = (heapUsed() - before) / (documentCount * valueCount);
    return [{ name: this.name, unit: "bytes", ours, note: "values of 19 characters" }];
  },
};
