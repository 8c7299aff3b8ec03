import { Redactor } from "@redactpii/node";
import { Engine } from "llmasking";
import type { Benchmark, Result } from "../benchmark.ts";
import { createAwsJsonCorpus } from "../corpora/aws-json-corpus.ts";
import type { Corpus } from "../corpora/corpus.ts";
import { sensitiveShare } from "../corpora/corpus.ts";
import { createLogCorpus } from "../corpora/log-corpus.ts";
import { createKoreanCorpus, createProseCorpus } from "../corpora/prose-corpus.ts";
import { compareSpeeds } from "../measure/compare.ts";
import { flatten } from "../measure/flatten.ts";
import { interleave } from "../measure/interleave.ts";
import { checkMaskedText, checkValuesGone, kindsFound } from "./check-masked-text.ts";
import { openMasker } from "./open-masker.ts";

/** Texts of one kind that take turns, so that no run sees the text of the run before; all their values fit the cache. */
const textCount = 2;

function textSpeed(name: string, createCorpus: (seed: number) => Corpus, check = checkMaskedText): Benchmark {
  return {
    name,
    async run(context): Promise<readonly Result[]> {
      const corpora = Array.from({ length: textCount }, (_, index) => createCorpus(index + 1));
      const textOf = (round: number): string => corpora[round % textCount]!.text;
      const masker = await openMasker(context);
      const redactor = new Redactor();
      const engine = new Engine();
      const subjects = [
        { name: "keyward", mask: async (text: string) => (await masker.mask(text)).text },
        { name: "@redactpii/node", mask: (text: string) => redactor.redact(text) },
        { name: "llmasking", mask: (text: string) => engine.newSession().anonymize(text).masked },
      ];
      const notes: string[] = [];
      for (const subject of subjects) {
        const masked = await Promise.all(corpora.map(({ text }) => subject.mask(text)));
        notes.push(`${subject.name} ${kindsFound(corpora[0]!, masked[0]!)}`);
        if (subject.name !== "keyward") continue;
        for (const [index, corpus] of corpora.entries()) check(corpus, masked[index]!);
      }
      const measured = await interleave(
        subjects.map(({ name: subject, mask }) => ({
          name: subject,
          run: async (round) => flatten(await mask(textOf(round))),
        })),
        { rounds: context.quick ? 9 : 31, warmUp: 10 },
      );
      const share = `${(100 * sensitiveShare(corpora[0]!)).toFixed(1)} % sensitive; kinds found: ${notes.join(", ")}`;
      return compareSpeeds(name, "MB/s", textOf(0).length / 1e6, measured).map((result) => ({
        ...result,
        note: `${result.note}; ${share}`,
      }));
    },
  };
}

/** Whole `mask` of a million known characters, encrypted on Redis, beside the fastest others. */
export const textSpeeds: readonly Benchmark[] = [
  textSpeed("mask 1 MB log", createLogCorpus),
  textSpeed("mask 1 MB prose", createProseCorpus),
  // Whether a tag is sensitive is a matter of taste; that the listed values go is not.
  textSpeed("mask 1 MB AWS JSON", createAwsJsonCorpus, checkValuesGone),
  textSpeed("mask 1 MB Korean", createKoreanCorpus),
];
