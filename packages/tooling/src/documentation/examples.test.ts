import { describe, expect, it } from "vitest";
import { readSources } from "../workspace/read-sources.ts";
import { publishedPackages, readWorkspace, type WorkspacePackage } from "../workspace/read-workspace.ts";
import { type CodeExample, codeExamplesIn } from "./code-examples.ts";
import { compileExamples } from "./compile-examples.ts";
import { exportedNames, ownImports } from "./own-imports.ts";
import { readDocuments } from "./read-documents.ts";

const packages = readWorkspace();
const documents = readDocuments();

/** Those of a package's docstrings, which may leave out the import of what they document. */
function docstringExamples(workspacePackage: WorkspacePackage): readonly CodeExample[] {
  const { folder, manifest } = workspacePackage;
  const sources = readSources(workspacePackage);
  const names = exportedNames(sources.find(({ path }) => path === `${folder}/src/index.ts`)?.text ?? "");
  return sources
    .flatMap(({ path, text }) => codeExamplesIn(path, text))
    .map(({ place, code }) => ({ place, code: ownImports(code, manifest.name, names) + code }));
}

describe("compileExamples", () => {
  it("finds what a user's compiler would find", () => {
    const wrong = {
      place: "docs/errors.md:1",
      code: 'import { KeywardError } from "@keyward/core";\nKeywardError.is();',
    };
    expect(compileExamples([wrong])).toEqual(["docs/errors.md:1: Expected 1 arguments, but got 0."]);
  });
});

describe("the examples in the documents and docstrings", () => {
  it("compile", () => {
    const examples = [
      ...documents.flatMap(({ path, text }) => codeExamplesIn(path, text)),
      ...publishedPackages(packages).flatMap(docstringExamples),
    ];
    expect(examples.length).toBeGreaterThan(0);
    expect(compileExamples(examples)).toEqual([]);
  });
});
