import { Random } from "./random.ts";

/** Makes documents of `count` lines, each with an instance that no other line of any document names. */
export function createNewValueDocuments(count: number, seed = 1): () => string {
  const random = new Random(seed);
  return () => Array.from({ length: count }, () => `instance i-0${random.hex(16)} is running`).join("\n");
}
