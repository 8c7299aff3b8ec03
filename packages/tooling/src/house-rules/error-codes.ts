import type { SourceFile } from "../workspace/read-sources.ts";

/** The error codes in a package's sources: upper-case literals in the files that define its errors. */
export function errorCodesIn(sources: readonly SourceFile[]): readonly string[] {
  const definitions = sources.filter(({ path }) => /\/[\w-]*errors?\.ts$/.test(path));
  const literals = definitions.flatMap(({ text }) => [...text.matchAll(/"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"/g)]);
  return [...new Set(literals.map(([, code = ""]) => code))].sort();
}

/** The codes that no heading of the Markdown document names. */
export function withoutHeading(codes: readonly string[], document: string): readonly string[] {
  const headings = document.split("\n").filter((line) => line.startsWith("#"));
  return codes.filter((code) => !headings.some((heading) => heading.split(/[^A-Z0-9_]+/).includes(code)));
}
