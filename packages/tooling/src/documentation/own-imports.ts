import ts from "typescript";

/** The names that an `index.ts` exports one by one. */
export function exportedNames(index: string): readonly string[] {
  const file = ts.createSourceFile("index.ts", index, ts.ScriptTarget.Latest);
  return file.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause) return [];
    return ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [];
  });
}

/**
 * The import that an example in a package's docstrings may leave out: what the package itself exports.
 *
 * Empty where the example imports from the package itself.
 */
export function ownImports(code: string, packageName: string, names: readonly string[]): string {
  if (code.includes(`from "${packageName}"`)) return "";
  const words = new Set(code.match(/[\w$]+/g));
  const used = names.filter((name) => words.has(name));
  return used.length > 0 ? `import { ${used.join(", ")} } from "${packageName}";\n` : "";
}
