import { Redis } from "ioredis";
import type { Benchmark } from "../benchmark.ts";
import { createNewValueDocuments } from "../corpora/new-values.ts";
import { compareSpeeds } from "../measure/compare.ts";
import { interleave } from "../measure/interleave.ts";
import { median } from "../measure/median.ts";
import { openMasker } from "./open-masker.ts";
import { type StoreUse, watchStore } from "./watch-store.ts";

const valueCount = 1000;

/**
 * Whole `mask` of a document full of new values, encrypted on Redis, beside as many bare INCRs: in one pipeline, and as
 * calls made together.
 */
export const assignNewValues: Benchmark = {
  name: "1,000 new values in one document",
  async run(context) {
    const use: StoreUse = { waitedMs: [] };
    const masker = await openMasker(context, { wrap: (backend) => watchStore(backend, use) });
    const { port, host } = await context.redis();
    const client = new Redis({ host, port });
    context.atEnd(async () => client.disconnect());

    const nextDocument = createNewValueDocuments(valueCount);
    let text = nextDocument();
    const mask = async (): Promise<void> => {
      const { findings } = await masker.mask(text);
      if (findings.length !== valueCount) throw new Error(`${findings.length} of ${valueCount} values were found`);
    };
    const increment = async (): Promise<void> => {
      const pipeline = client.pipeline();
      for (let count = 0; count < valueCount; count++) pipeline.incr("counter");
      await pipeline.exec();
    };
    const incrementAtOnce = (): Promise<unknown> =>
      Promise.all(Array.from({ length: valueCount }, () => client.incr("counter")));
    const rounds = context.quick ? 15 : 61;
    const [ours, detecting, pipelined, atOnce] = await interleave(
      [
        { name: "keyward", prepare: () => (text = nextDocument()), run: mask },
        { name: "detecting", run: () => masker.preview(text) },
        { name: "pipelined INCR", run: increment },
        { name: "INCR at once", run: incrementAtOnce },
      ],
      { rounds, warmUp: 30 },
    );
    const results = compareSpeeds(this.name, "values/s", valueCount, [ours!, pipelined!, atOnce!]);
    const [all, detection, store] = [
      median(ours!.samples),
      median(detecting!.samples),
      median(use.waitedMs.slice(-rounds)),
    ];
    const note = `ms a document: ${all.toFixed(2)} in all, ${detection.toFixed(2)} detecting, ${store.toFixed(2)} in the store`;
    return results.map((result) => ({ ...result, note: `${result.note}; ${note}` }));
  },
};
