import { readdirSync, readFileSync } from "node:fs";

/** A value in one of the documents that must never reach a model. */
export interface SensitiveValue {
  /** The document's file name. */
  readonly file: string;
  readonly value: string;
  /** What kind it is: the token that stands for it starts with this. */
  readonly type: string;
}

export interface SampleDocument {
  readonly file: string;
  readonly text: string;
}

const data = new URL("../data/", import.meta.url);

/** Every sensitive value of every document, listed by hand beside them: what a detector is held to. */
export const sensitiveValues: readonly SensitiveValue[] = JSON.parse(
  readFileSync(new URL("expected.json", data), "utf8"),
);

/** The documents, in the order of their names. */
export const sampleDocuments: readonly SampleDocument[] = readdirSync(new URL("documents/", data))
  .sort()
  .map((file) => ({ file, text: readFileSync(new URL(`documents/${file}`, data), "utf8") }));

export function documentsOf(files: readonly string[]): readonly SampleDocument[] {
  return files.map((file) => {
    const found = sampleDocuments.find((document) => document.file === file);
    if (found === undefined) throw new Error(`no sample document is called ${file}`);
    return found;
  });
}

/** The distinct originals that stand in these documents. */
export function originalsOf(files: readonly string[]): readonly string[] {
  return [...new Set(sensitiveValues.filter(({ file }) => files.includes(file)).map(({ value }) => value))];
}
