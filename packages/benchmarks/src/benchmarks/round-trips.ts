import type { Benchmark } from "../benchmark.ts";
import { createNewValueDocuments } from "../corpora/new-values.ts";
import { openMasker } from "./open-masker.ts";
import { type StoreUse, watchStore } from "./watch-store.ts";

const VALUES = 100;

/** How often a document asks the store. */
export const roundTrips: Benchmark = {
  name: "round trips per document",
  async run(context) {
    const use: StoreUse = { waitedMs: [] };
    const masker = await openMasker(context, { wrap: (backend) => watchStore(backend, use) });
    const nextDocument = createNewValueDocuments(VALUES);
    const countFor = async (text: string): Promise<number> => {
      const before = use.waitedMs.length;
      const { findings } = await masker.mask(text);
      if (findings.length !== VALUES) throw new Error(`${findings.length} of ${VALUES} values were found`);
      return use.waitedMs.length - before;
    };
    await countFor(nextDocument());
    const document = nextDocument();
    return [
      { name: "round trips per document, all new", unit: "", ours: await countFor(document), note: `${VALUES} values` },
      { name: "round trips per document, all known", unit: "", ours: await countFor(document) },
    ];
  },
};
