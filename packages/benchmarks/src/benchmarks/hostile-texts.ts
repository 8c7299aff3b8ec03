import { aws, createMasker, network, pii, secrets } from "@keyward/masker";
import type { Benchmark } from "../benchmark.ts";
import { hostileTextsFor } from "../hostile/detector-texts.ts";
import { mixedTexts } from "../hostile/mixed-texts.ts";
import { usualHostileTexts } from "../hostile/usual-texts.ts";
import { slowestTexts } from "./slowest-texts.ts";

/** How many of the slowest are shown. */
const shown = 10;

/**
 * Texts of 60,000 characters that are made to be slow, for each detector and in general: the speed of the slowest, and
 * how much longer four times its length takes.
 */
export const hostileTexts: Benchmark = {
  name: "hostile 60 KB",
  async run({ quick }) {
    const masker = createMasker();
    const detectors = [...aws(), ...secrets(), ...pii(), ...network()];
    const texts = [...usualHostileTexts, ...mixedTexts(detectors), ...hostileTextsFor(detectors)];
    const results = await slowestTexts(this.name, texts, (text) => masker.preview(text), quick);
    return results.slice(0, shown);
  },
};
