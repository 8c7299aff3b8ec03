import { createMasker } from "@keyward/masker";
import type { Benchmark } from "../benchmark.ts";
import { answerTexts } from "../hostile/answer-texts.ts";
import { jsonTexts } from "../hostile/json-texts.ts";
import { usualHostileTexts } from "../hostile/usual-texts.ts";
import { slowestTexts } from "./slowest-texts.ts";

const shown = 3;

/** The same for what a model answers: text in which nearly everything may be the beginning of a token. */
export const hostileAnswers: Benchmark = {
  name: "hostile 60 KB answer",
  async run({ quick }) {
    const masker = createMasker();
    const masked = await masker.mask("i-1234567890abcdef0 and 10.0.0.1");
    const texts = [...answerTexts, ...usualHostileTexts];
    return (await slowestTexts(this.name, texts, (text) => masker.unmask(text, masked), quick)).slice(0, shown);
  },
};

/** The same for JSON: deep, wide, escaped, and JSON in strings. */
export const hostileJson: Benchmark = {
  name: "hostile 60 KB JSON",
  async run({ quick }) {
    const masker = createMasker();
    return (await slowestTexts(this.name, jsonTexts, (text) => masker.maskJson(text), quick)).slice(0, shown);
  },
};
