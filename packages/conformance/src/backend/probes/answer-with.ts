import { defineScript, type RawReply } from "@keyward/core";
import lua from "./answer-with.lua";

interface Question {
  readonly kind: "time" | "text" | "integer" | "null" | "list" | "error" | "arguments";
  readonly words?: readonly string[];
}

const answers = {
  text: ([word]) => word ?? null,
  integer: () => 42,
  null: () => null,
  list: () => [1, "two", null, ""],
  error(): never {
    throw new Error("REFUSED");
  },
  arguments: (words) => words,
} satisfies Record<string, (words: readonly string[]) => RawReply>;

/** Returns what it is given, in each shape that a reply can have. */
export const answerWith = defineScript({
  name: "answer-with",
  keys: ["unused"],
  args: ({ kind, words = [] }: Question) => [kind, ...words],
  reply: (raw) => raw,
  lua,
  memory(store, _keys, [kind = "", ...words]) {
    if (kind === "time") return String(store.now);
    return answers[kind as keyof typeof answers](words);
  },
});

/** The same step, with a definition that can't read the reply. */
export const unreadable = defineScript({
  ...answerWith,
  name: "unreadable",
  reply(): never {
    throw new TypeError("can't be read");
  },
});
