import { join } from "node:path";
import ts from "typescript";
import { workspaceRoot } from "../workspace/read-workspace.ts";
import type { CodeExample } from "./code-examples.ts";

/**
 * What the compiler says against the examples, each line with the example's place.
 *
 * An example is a module of its own in the folder of the document that holds it. It is compiled as a user's strict project
 * would compile it, against the sources of this workspace.
 */
export function compileExamples(examples: readonly CodeExample[]): readonly string[] {
  const modules = new Map(
    examples.map((example, index) => [
      modulePath(example, index),
      { ...example, code: `${example.code}\nexport {};\n` },
    ]),
  );
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => modules.has(path) || fileExists(path);
  host.readFile = (path) => modules.get(path)?.code ?? readFile(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const example = modules.get(path);
    if (!example) return getSourceFile.call(host, path, languageVersion, ...rest);
    return ts.createSourceFile(path, example.code, languageVersion, true);
  };
  const ambient = join(workspaceRoot, "packages/core/src/lua.d.ts");
  const program = ts.createProgram([...modules.keys(), ambient], options, host);
  return [...modules].flatMap(([path, { place }]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`),
  );
}

/** Documents of no package see the modules that an app sees which has installed `keyward`. */
function modulePath({ place }: CodeExample, index: number): string {
  const folder = /^(packages|examples)\//.test(place) ? "" : "packages/keyward";
  return join(workspaceRoot, folder, `${place.replace(/:\d+$/, "")}.example-${index}.ts`).replaceAll("\\", "/");
}

function compilerOptions(): ts.CompilerOptions {
  const path = join(workspaceRoot, "tsconfig.base.json");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path, ts.sys.readFile).config,
    ts.sys,
    workspaceRoot,
  );
  return {
    ...options,
    exactOptionalPropertyTypes: false,
    noPropertyAccessFromIndexSignature: false,
    noUncheckedIndexedAccess: false,
    isolatedModules: false,
    verbatimModuleSyntax: false,
  };
}
