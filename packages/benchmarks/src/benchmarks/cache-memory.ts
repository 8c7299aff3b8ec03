import type { Benchmark } from "../benchmark.ts";
import { createNewValueDocuments } from "../corpora/new-values.ts";
import { heapUsed } from "../measure/heap-used.ts";
import { openMasker } from "./open-masker.ts";

const VALUES = 20_000;
const DOCUMENTS = 4;

/** What the local cache keeps for each value that it knows, in both directions. */
export const cacheMemory: Benchmark = {
  name: "memory per known value",
  async run(context) {
    // So far off that nothing is dropped meanwhile.
    const limits = { maxCachedValues: 64 * VALUES, maxCachedValuesPerScope: 64 * VALUES };
    const masker = await openMasker(context, limits);
    const nextDocument = createNewValueDocuments(VALUES);
    // Whatever grows once has grown.
    await masker.mask(nextDocument());
    const before = heapUsed();
    for (let count = 0; count < DOCUMENTS; count++) await masker.mask(nextDocument());
    const ours = (heapUsed() - before) / (DOCUMENTS * VALUES);
    return [{ name: this.name, unit: "bytes", ours, note: "values of 19 characters" }];
  },
};
