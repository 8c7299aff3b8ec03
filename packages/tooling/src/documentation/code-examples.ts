/** A TypeScript example of the documentation. */
export interface CodeExample {
  /** Where it stands: `packages/core/README.md:12`. */
  readonly place: string;
  readonly code: string;
}

/** The blocks fenced as `ts` in a Markdown document, or in the docstrings of a source file, in order. */
export function codeExamplesIn(path: string, text: string): readonly CodeExample[] {
  const lines = text.split("\n").map((line) => (path.endsWith(".md") ? line : (/^ *\* ?(.*)$/.exec(line)?.[1] ?? "")));
  const examples: CodeExample[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    if (lines[index]?.trim() !== "```ts") continue;
    const end = lines.findIndex((line, at) => at > index && line.trim() === "```");
    if (end < 0) break;
    examples.push({ place: `${path}:${index + 1}`, code: lines.slice(index + 1, end).join("\n") });
    index = end;
  }
  return examples;
}
