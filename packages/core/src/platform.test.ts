import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";

it("compiles against the ES2022 and web worker libraries alone, so nothing in it leans on Node", () => {
  const entry = fileURLToPath(new URL("./index.ts", import.meta.url));
  const program = ts.createProgram({
    // The declaration of `.lua` imports is what the build resolves; it isn't reached through an import.
    rootNames: [entry, fileURLToPath(new URL("./lua.d.ts", import.meta.url))],
    options: {
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2022.d.ts", "lib.webworker.d.ts"],
      types: [],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    },
  });
  const problems = ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    return `${diagnostic.file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n")}`;
  });
  expect(problems).toEqual([]);
});
