import type { Benchmark } from "../benchmark.ts";
import { createNewValueDocuments } from "../corpora/new-values.ts";
import { openMasker } from "./open-masker.ts";
import { type StoreUse, watchStore } from "./watch-store.ts";

const valueCount = 100;

/** How often a document asks the store. */
export const roundTrips: Benchmark = {
  name: "round trips per document",
  async run(context) {
    const use: StoreUse = { waitedMs: [] };
    const masker = await openMasker(context, { wrap: (backend) => watchStore(backend, use) });
    const nextDocument = createNewValueDocuments(valueCount);
    const countFor = async (text: string): Promise<number> => {
      const before = use.waitedMs.length;
      const { findings } = await masker.mask(text);
      if (findings.length !== valueCount) throw new Error(`${findings.length} of ${valueCount} values were found`);
      return use.waitedMs.length - before;
    };
    await countFor(nextDocument());
    const document = nextDocument();
    return [
      {
        name: "round trips per document, all new",
        unit: "",
        ours: await countFor(document),
        note: `${valueCount} values`,
      },
      { name: "round trips per document, all known", unit: "", ours: await countFor(document) },
    ];
  },
};
