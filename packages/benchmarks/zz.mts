import { randomBytes } from "node:crypto";
import { Redactor } from "@redactpii/node";
import { Engine } from "llmasking";
import { createMasker } from "../masker/dist/index.js";
import { createAwsJsonCorpus } from "./src/corpora/aws-json-corpus.ts";
import { createLogCorpus } from "./src/corpora/log-corpus.ts";
import { createKoreanCorpus, createProseCorpus } from "./src/corpora/prose-corpus.ts";

const m = createMasker({ encryption: { keys: [randomBytes(32)] } });
const rd = new Redactor(),
  en = new Engine();
const only = process.argv[2];
for (const [name, make] of [
  ["log", createLogCorpus],
  ["aws", createAwsJsonCorpus],
  ["prose", createProseCorpus],
  ["korean", createKoreanCorpus],
] as const) {
  if (only && only !== name) continue;
  const texts = [1, 2, 3].map((i) => make(i).text);
  const fs: [string, (t: string) => unknown][] = [
    ["ours", (t) => m.mask(t)],
    ["preview", (t) => m.preview(t)],
    ...(only
      ? []
      : ([
          ["redactpii", (t: string) => rd.redact(t)],
          ["llmasking", (t: string) => en.newSession().anonymize(t)],
        ] as [string, (t: string) => unknown][])),
  ];
  const times = new Map<string, number[]>(fs.map(([n]) => [n, []]));
  for (let r = 0; r < (only ? 60 : 24); r++)
    for (const [n, f] of fs) {
      const t = texts[r % 3]!;
      const s = performance.now();
      await f(t);
      if (r >= 9) times.get(n)!.push(performance.now() - s);
    }
  console.log(
    name,
    [...times]
      .map(([n, a]) => {
        a.sort((x, y) => x - y);
        return `${n} med ${a[a.length >> 1]!.toFixed(2)} min ${a[0]!.toFixed(2)}`;
      })
      .join(" | "),
    "pieces",
    (await m.mask(texts[0]!)).findings.length,
  );
}
