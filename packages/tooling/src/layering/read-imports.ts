import ts from "typescript";

/** One import: static, re-exported, dynamic, required, or inside a type. */
export interface ImportedSpecifier {
  readonly specifier: string;
  /** Whether the whole statement is erased: `import type`, `export type`, `import("x").Y` in a type. */
  readonly typeOnly: boolean;
}

/** Every module specifier in `text`, taken from the syntax tree, so that those in comments and strings don't count. */
export function readImports(path: string, text: string): readonly ImportedSpecifier[] {
  const found: ImportedSpecifier[] = [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const add = (node: ts.Node | undefined, typeOnly: boolean): void => {
    if (node && ts.isStringLiteralLike(node)) found.push({ specifier: node.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isExternalModuleReference(node)) add(node.expression, false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && loadsModule(node.expression)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function loadsModule(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  return ts.isIdentifier(callee) && callee.text === "require";
}
