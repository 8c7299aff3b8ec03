import { posix } from "node:path";
import type { SourceFile } from "../workspace/read-sources.ts";
import type { Manifest, WorkspacePackage } from "../workspace/read-workspace.ts";
import { fileKindOf, mayImport, roleOf } from "./arrows.ts";
import { findCycles } from "./find-cycles.ts";
import { type ImportedSpecifier, readImports } from "./read-imports.ts";

/** A package with its sources. */
export interface LayeredPackage extends WorkspacePackage {
  readonly sources: readonly SourceFile[];
}

/** Every forbidden import, deep path and cycle in the workspace, each as a sentence that names the file. */
export function findViolations(packages: readonly LayeredPackage[]): readonly string[] {
  const byName = new Map(packages.map((each) => [each.manifest.name, each]));
  return [
    ...packages.flatMap((each) => roleViolations(each)),
    ...packages.flatMap((each) => manifestViolations(each, byName)),
    ...packages.flatMap((each) => each.sources.flatMap((file) => importViolations(each, file, byName))),
    ...findCycles(packageGraph(packages, byName)).map((cycle) => `packages in a cycle: ${cycle.join(" -> ")}`),
    ...findCycles(fileGraph(packages)).map((cycle) => `files in a cycle: ${cycle.join(" -> ")}`),
  ];
}

function roleViolations({ folder }: LayeredPackage): readonly string[] {
  return roleOf(folder) ? [] : [`${folder}: has no role; give it one in layering/arrows.ts`];
}

function manifestViolations(from: LayeredPackage, byName: ReadonlyMap<string, LayeredPackage>): readonly string[] {
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = from.manifest;
  const shipped = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
  const found: string[] = [];
  for (const name of shipped) {
    const to = byName.get(name);
    if (to && !mayImport(from.folder, to.folder, "product")) found.push(`${from.folder}: depends on ${name}`);
    if (roleOf(from.folder) === "core") found.push(`${from.folder}: depends on ${name}, core depends on nothing`);
  }
  for (const name of Object.keys(devDependencies ?? {})) {
    const to = byName.get(name);
    const allowed =
      !to || mayImport(from.folder, to.folder, "test") || mayImport(from.folder, to.folder, "configuration");
    if (!allowed) found.push(`${from.folder}: depends on ${name} for development`);
  }
  return found;
}

function importViolations(
  from: LayeredPackage,
  file: SourceFile,
  byName: ReadonlyMap<string, LayeredPackage>,
): readonly string[] {
  const kind = fileKindOf(file.path);
  return readImports(file.path, file.text).flatMap(({ specifier }) => {
    if (specifier.startsWith(".")) {
      const inside = resolveRelative(file.path, specifier).startsWith(`${from.folder}/`);
      return inside ? [] : [`${file.path}: reaches out of its package by "${specifier}"`];
    }
    const name = packageNameOf(specifier);
    const to = byName.get(name);
    if (!to) {
      const forbidden = roleOf(from.folder) === "core" && kind === "product";
      return forbidden ? [`${file.path}: imports "${specifier}", core imports nothing`] : [];
    }
    if (!mayImport(from.folder, to.folder, kind)) return [`${file.path}: imports ${name}`];
    return isExported(to.manifest, specifier) ? [] : [`${file.path}: imports the deep path "${specifier}"`];
  });
}

/** The dependencies that decide the order of the build. Those of tests don't, since tests find other packages by path. */
function packageGraph(packages: readonly LayeredPackage[], byName: ReadonlyMap<string, LayeredPackage>) {
  return new Map(
    packages.map(({ manifest }) => {
      const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest;
      const names = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies });
      return [manifest.name, names.filter((name) => byName.has(name))];
    }),
  );
}

/** Only imports that are loaded, since types that are erased may well refer to each other. */
function fileGraph(packages: readonly LayeredPackage[]) {
  const loaded = ({ specifier, typeOnly }: ImportedSpecifier) => !typeOnly && specifier.startsWith(".");
  return new Map(
    packages
      .flatMap(({ sources }) => sources)
      .map(({ path, text }) => [
        path,
        readImports(path, text)
          .filter(loaded)
          .map(({ specifier }) => resolveRelative(path, specifier)),
      ]),
  );
}

function resolveRelative(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier);
}

/** `@keyward/core` of `@keyward/core/x`, `ioredis` of `ioredis/built`. */
function packageNameOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function isExported({ name, exports }: Manifest, specifier: string): boolean {
  if (specifier === name) return true;
  const subPath = `.${specifier.slice(name.length)}`;
  return typeof exports === "object" && exports !== null && subPath in exports;
}
